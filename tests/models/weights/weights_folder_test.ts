import assert from "node:assert/strict";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { weightsFolder } from "../../../lib/models/weights/weights_folder.ts";

/** No variable is set, and nothing lies beside the project. */
const bare = {
  environment: () => undefined,
  project: new URL("file:///nowhere/project/"),
  home: "/home/ada",
};

Deno.test("weightsFolder() takes the folder that was chosen before METAMER_WEIGHTS", () => {
  const environment = (name: string) => name === "METAMER_WEIGHTS" ? "/lab/weights" : undefined;
  assert.equal(weightsFolder({ ...bare, environment, chosen: "mine" }), resolve("mine"));
  assert.equal(weightsFolder({ ...bare, environment }), resolve("/lab/weights"));
});

Deno.test("weightsFolder() finds the weights of developers beside the project", () => {
  const folder = Deno.makeTempDirSync();
  try {
    Deno.mkdirSync(join(folder, "shared", "weights"), { recursive: true });
    const project = pathToFileURL(join(folder, "project") + "/");
    assert.equal(weightsFolder({ ...bare, project }), join(folder, "shared", "weights"));
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});

Deno.test("weightsFolder() is in the user's cache otherwise, by the custom of each system", () => {
  const variable = (wanted: string, value: string) => (name: string) => name === wanted ? value : undefined;
  assert.equal(weightsFolder({ ...bare, os: "linux" }), join("/home/ada", ".cache", "metamer", "weights"));
  assert.equal(
    weightsFolder({ ...bare, os: "linux", environment: variable("XDG_CACHE_HOME", "/scratch/ada") }),
    join("/scratch/ada", "metamer", "weights"),
  );
  assert.equal(
    weightsFolder({ ...bare, os: "darwin" }),
    join("/home/ada", "Library", "Caches", "metamer", "weights"),
  );
  assert.equal(
    weightsFolder({ ...bare, os: "windows", environment: variable("LOCALAPPDATA", "C:\\Local") }),
    join("C:\\Local", "metamer", "weights"),
  );
});
