import assert from "node:assert/strict";
import { join } from "node:path";
import { RunError } from "../../lib/errors.ts";
import { entriesIfThere, readTextIfThere, sizeIfThere, unlessAbsent } from "../../lib/store/presence.ts";
import { temporaryFolder } from "../temporary_folder.ts";

Deno.test("what is not there is undefined or empty, also below a file", async () => {
  await using folder = await temporaryFolder();
  const file = join(folder.path, "a");
  await Deno.writeTextFile(file, "text");
  assert.equal(await readTextIfThere(file), "text");
  assert.equal(await sizeIfThere(file), 4);
  assert.equal(await sizeIfThere(folder.path), undefined);
  for (const path of [join(folder.path, "b"), join(file, "b")]) {
    assert.equal(await readTextIfThere(path), undefined);
    assert.deepEqual(await entriesIfThere(path), []);
  }
});

Deno.test("what the system refuses to read is a RunError with the path", async () => {
  await using folder = await temporaryFolder();
  await assert.rejects(readTextIfThere(folder.path), (error) => {
    assert(error instanceof RunError);
    assert.equal(error.message, `cannot read ${folder.path}: Is a directory`);
    return true;
  });
});

Deno.test("a file that was replaced on a network disk while it was read is read again", async () => {
  const stale = new Error(`Stale file handle (os error ${Deno.build.os === "darwin" ? 70 : 116})`);
  let reads = 0;
  const read = () => reads++ < 2 ? Promise.reject(stale) : Promise.resolve("the new one");
  assert.equal(await unlessAbsent("digests.json", read), "the new one");
  await assert.rejects(unlessAbsent("digests.json", () => Promise.reject(stale)), {
    message: "cannot read digests.json: Stale file handle",
  });
});
