/** `deno task --config` from a folder of the user's own. */
import assert from "node:assert/strict";
import { join, resolve } from "node:path";
import { bench } from "./bench.ts";
import { project, runProgram, tinyWorkflow } from "./program.ts";

Deno.test("paths are meant from where the user stands, and so are the commands that are proposed", async () => {
  await using place = await bench();
  await place.write("exp.yaml", tinyWorkflow.replace("iterations: 20", "iterations: 1"));
  const here = { INIT_CWD: place.folder };
  const { code, stdout, stderr } = await runProgram(["run", "exp.yaml"], here);
  assert.equal(code, 0, stderr);
  assert.match(stdout, /\n {2}runs\/exp\/videos\/tiny\.mp4\n/);
  assert.ok((await Deno.stat(join(place.folder, "runs", "exp", "videos", "tiny.mp4"))).isFile);
  const [command = ""] = stdout.match(/npx .*--name.*/) ?? [];
  const [, config = ""] = command.match(/ task --config (\S+) run exp\.yaml /) ?? [];
  assert.equal(await Deno.realPath(resolve(place.folder, config)), join(project, "deno.json"), command);
});

Deno.test("a folder that is gone is no folder where the user stands", async () => {
  const { code, stdout } = await runProgram(["validate", "workflows/quickstart.yaml"], {
    INIT_CWD: join(project, "no such folder"),
  });
  assert.equal(code, 0);
  assert.match(stdout, /quickstart/);
});
