import assert from "node:assert/strict";
import { join } from "node:path";
import { RunError } from "../../lib/errors.ts";
import { entriesIfThere, readTextIfThere, sizeIfThere } from "../../lib/store/presence.ts";
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
