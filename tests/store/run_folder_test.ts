import assert from "node:assert/strict";
import { join } from "node:path";
import { WorkflowError } from "../../lib/errors.ts";
import { workflowPaths } from "../../lib/store/layout.ts";
import { readInstanceIndex, rememberContactSheet } from "../../lib/store/instance_index.ts";
import { writeRunFolder } from "../../lib/store/run_folder.ts";
import type { Specification } from "../../lib/store/specification.ts";
import { me } from "./lock_holder.ts";
import { temporaryFolder } from "../temporary_folder.ts";

async function write(
  runs: string,
  file: string,
  instances: Record<string, string>,
  others: string[] = [],
): Promise<void> {
  await Deno.writeTextFile(file, "metamer: 1\n");
  await writeRunFolder(runs, {
    name: "a",
    file,
    text: "metamer: 1\n",
    resolved: () => "metamer: 1\nstages: {}\n",
    instances: Object.entries(instances).map(([name, key]) => ({ name, key })),
    others,
  }, me);
}

Deno.test("writeRunFolder() links the stages to the store and drops the links of removed ones", async () => {
  await using folder = await temporaryFolder();
  const runs = join(folder.path, "runs");
  const file = join(folder.path, "a.yaml");
  await write(runs, file, { "m[seed=1]": "fake-1", "m[seed=2]": "fake-2", gone: "fake-3" });
  await write(runs, file, { m: "fake-1" });
  const { stages } = workflowPaths(runs, "a");
  assert.equal(await Deno.realPath(join(stages, "m")), await Deno.realPath(join(runs, "store", "fake-1")));
  assert.deepEqual(Array.from(Deno.readDirSync(stages), ({ name }) => name), ["m"]);
});

Deno.test("writeRunFolder() remembers the key before the last change", async () => {
  await using folder = await temporaryFolder();
  const runs = join(folder.path, "runs");
  const file = join(folder.path, "a.yaml");
  await write(runs, file, { m: "fake-1" });
  await write(runs, file, { m: "fake-2" });
  await write(runs, file, { m: "fake-2" });
  const index = await readInstanceIndex(workflowPaths(runs, "a").instances);
  assert.deepEqual(index?.instances, { m: { key: "fake-2", before: "fake-1" } });
});

Deno.test("writeRunFolder() remembers how many frames the last run wanted", async () => {
  await using folder = await temporaryFolder();
  const wanted = async (...frames: (number | undefined)[]) => {
    const content = {
      name: "a",
      file: join(folder.path, "a.yaml"),
      text: "",
      resolved: () => "",
      others: [],
    };
    for (const count of frames) {
      const instance = { name: "m", key: "fake-1", ...(count !== undefined && { frames: count }) };
      await writeRunFolder(folder.path, { ...content, instances: [instance] }, me);
    }
    return (await readInstanceIndex(workflowPaths(folder.path, "a").instances))?.instances;
  };
  assert.deepEqual(await wanted(4, 8), { m: { key: "fake-1", frames: 8 } });
  assert.deepEqual(await wanted(undefined), { m: { key: "fake-1" } });
});

Deno.test("a job that makes a part does not lay the workflow out again where its specification is as it was", async () => {
  await using folder = await temporaryFolder();
  const instances = [{ name: "m", key: "fake-1" }];
  const specification: Specification = {
    v: 1,
    workflow: { metamer: 1 },
    ...{ instances: {}, clips: {}, weights: {} },
  };
  let laidOut = 0;
  const content = {
    ...{ name: "a", file: join(folder.path, "a.yaml"), text: "", others: [], instances, specification },
    resolved: () => `${++laidOut}`,
  };
  await writeRunFolder(folder.path, content, me);
  const before = laidOut;
  await writeRunFolder(folder.path, { ...content, isPart: true }, me);
  assert.equal(laidOut, before);
  const edited = { ...specification, workflow: { metamer: 1, title: "edited" } } as const;
  await writeRunFolder(folder.path, { ...content, isPart: true, specification: edited }, me);
  assert.equal(await Deno.readTextFile(workflowPaths(folder.path, "a").resolved), `${laidOut}`);
  assert(laidOut > before);
  await Deno.remove(workflowPaths(folder.path, "a").resolved);
  await writeRunFolder(folder.path, { ...content, isPart: true, specification: edited }, me);
  assert.equal(await Deno.readTextFile(workflowPaths(folder.path, "a").resolved), `${laidOut}`);
});

Deno.test("writeRunFolder() keeps what is known of the workflow's other instances", async () => {
  await using folder = await temporaryFolder();
  const runs = join(folder.path, "runs");
  const file = join(folder.path, "a.yaml");
  await write(runs, file, { m: "fake-1", n: "fake-2" });
  await write(runs, file, { m: "fake-3" }, ["m", "n"]);
  const { stages, instances } = workflowPaths(runs, "a");
  assert.deepEqual(Object.keys((await readInstanceIndex(instances))?.instances ?? {}).sort(), ["m", "n"]);
  assert.deepEqual(Array.from(Deno.readDirSync(stages), ({ name }) => name).sort(), ["m", "n"]);
});

Deno.test("runs of other parts of a workflow that begin at the same time, and a contact sheet that is noted meanwhile, are all remembered", async () => {
  await using folder = await temporaryFolder();
  const runs = join(folder.path, "runs");
  const file = join(folder.path, "a.yaml");
  const names = ["k", "l", "m", "n"];
  await write(runs, file, Object.fromEntries(names.map((name) => [name, `fake-${name}`])));
  const paths = workflowPaths(runs, "a");
  await Promise.all([
    ...names.map((name) => write(runs, file, { [name]: `fake-${name}-2` }, names)),
    rememberContactSheet(paths, "1234", me),
  ]);
  const { instances, contact_sheet } = await readInstanceIndex(paths.instances) ?? {};
  assert.equal(contact_sheet, "1234");
  for (const name of names) {
    assert.deepEqual(instances?.[name], { key: `fake-${name}-2`, before: `fake-${name}` });
    assert.equal(
      await Deno.realPath(join(paths.stages, name)),
      await Deno.realPath(join(runs, "store", `fake-${name}-2`)),
    );
  }
});

Deno.test("writeRunFolder() refuses another file of the same name, unless the first is gone", async () => {
  await using folder = await temporaryFolder();
  const runs = join(folder.path, "runs");
  const [mine, other] = [join(folder.path, "a.yaml"), join(folder.path, "other", "a.yaml")];
  await Deno.mkdir(join(folder.path, "other"));
  await write(runs, mine, { m: "fake-1" });
  await assert.rejects(write(runs, other, { m: "fake-1" }), (error) => {
    assert(error instanceof WorkflowError);
    assert.match(error.message, /holds the runs of .*a\.yaml, another workflow of the same name; .*--name/);
    return true;
  });
  await Deno.remove(mine);
  await write(runs, other, { m: "fake-1" });
});

Deno.test("writeRunFolder() takes keys from the links where the index is missing or damaged, so that no result goes unnamed", async () => {
  await using folder = await temporaryFolder();
  const runs = join(folder.path, "runs");
  const file = join(folder.path, "a.yaml");
  const { stages, instances } = workflowPaths(runs, "a");
  const damages = [
    () => Deno.remove(instances),
    () => Deno.truncate(instances, 40),
    async () =>
      Deno.writeTextFile(instances, (await Deno.readTextFile(instances)).replace("fake-2", "fake-3")),
  ];
  for (const damage of damages) {
    await write(runs, file, { m: "fake-1", "n[seed=1]": "fake-2" });
    await damage();
    assert.equal(await readInstanceIndex(instances), undefined);
    await write(runs, file, { m: "fake-4" }, ["m", "n[seed=1]"]);
    assert.deepEqual((await readInstanceIndex(instances))?.instances, {
      m: { key: "fake-4", before: "fake-1" },
      "n[seed=1]": { key: "fake-2" },
    });
    assert.equal(
      await Deno.realPath(join(stages, "n", "seed=1")),
      await Deno.realPath(join(runs, "store", "fake-2")),
    );
    await Deno.remove(runs, { recursive: true });
  }
});
