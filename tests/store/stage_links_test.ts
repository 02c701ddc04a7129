import assert from "node:assert/strict";
import { join } from "node:path";
import { linkStages } from "../../lib/store/stage_links.ts";
import { temporaryFolder } from "../temporary_folder.ts";

async function linked(runs: string, link: string): Promise<string> {
  return (await Deno.realPath(link)).slice((await Deno.realPath(join(runs, "store"))).length + 1);
}

Deno.test("a link that is right is left alone, a wrong one is replaced, and a user's own file stays", async () => {
  await using folder = await temporaryFolder();
  const stages = join(folder.path, "w", "stages");
  await linkStages(folder.path, stages, { same: "fake-1", other: "fake-2", gone: "fake-3", mine: "fake-4" });
  const before = await Deno.lstat(join(stages, "same"));
  await Deno.remove(join(stages, "mine"));
  await Deno.writeTextFile(join(stages, "mine"), "notes");
  await linkStages(folder.path, stages, { same: "fake-1", other: "fake-5", mine: "fake-4" });
  assert.equal((await Deno.lstat(join(stages, "same"))).ino, before.ino);
  assert.equal(await linked(folder.path, join(stages, "other")), "fake-5");
  assert.equal(await Deno.readTextFile(join(stages, "mine")), "notes");
  assert.deepEqual(Array.from(Deno.readDirSync(stages), ({ name }) => name).sort(), [
    "mine",
    "other",
    "same",
  ]);
  assert.deepEqual(Array.from(Deno.readDirSync(join(folder.path, "w")), ({ name }) => name), ["stages"]);
});

Deno.test("a stage without a matrix takes the place of its instances with one, and back", async () => {
  await using folder = await temporaryFolder();
  const stages = join(folder.path, "stages");
  for (let turn = 0; turn < 2; turn++) {
    await linkStages(folder.path, stages, { "m[seed=1]": "fake-1" });
    assert.equal(await linked(folder.path, join(stages, "m", "seed=1")), "fake-1");
    await linkStages(folder.path, stages, { m: "fake-2" });
    assert.equal(await linked(folder.path, join(stages, "m")), "fake-2");
  }
});

Deno.test("processes that link the same stages at the same time all end well", async () => {
  await using folder = await temporaryFolder();
  const stages = join(folder.path, "stages");
  const program = new URL("link_stages.ts", import.meta.url).href;
  const args = ["run", "--quiet", "--no-prompt", "-A", program, folder.path, stages, "300"];
  const processes = Array.from(
    { length: 4 },
    () => new Deno.Command(Deno.execPath(), { args, stdout: "null", stderr: "piped" }).output(),
  );
  for (const { code, stderr } of await Promise.all(processes)) {
    assert.equal(code, 0, new TextDecoder().decode(stderr));
  }
  await linkStages(folder.path, stages, { "m[seed=1]": "fake-1" });
  assert.equal(await linked(folder.path, join(stages, "m", "seed=1")), "fake-1");
});
