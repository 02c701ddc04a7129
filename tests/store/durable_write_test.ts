import assert from "node:assert/strict";
import { join } from "node:path";
import { RunError } from "../../lib/errors.ts";
import { cannotWrite, durableWrite, removeLeftovers } from "../../lib/store/durable_write.ts";
import { temporaryFolder } from "../temporary_folder.ts";

Deno.test("durableWrite() replaces a file and leaves nothing beside it", async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, "a.json");
  await durableWrite(path, "old and longer");
  await durableWrite(path, "new");
  assert.equal(await Deno.readTextFile(path), "new");
  assert.deepEqual(Array.from(Deno.readDirSync(folder.path), ({ name }) => name), ["a.json"]);
});

Deno.test("durableWrite() says which file cannot be written and why, without the system's number", async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, "missing", "a.json");
  await assert.rejects(durableWrite(path, "x"), (error) => {
    assert(error instanceof RunError);
    assert.equal(error.message, `cannot write ${path}: No such file or directory`);
    return true;
  });
});

Deno.test("removeLeftovers() removes what dead writers left and nothing else", async () => {
  await using folder = await temporaryFolder();
  for (const name of ["a.npy", "a.npy.tmp-4711", "a.npy.tmp-4711-0badcafe", "tmp-1"]) {
    await Deno.writeTextFile(join(folder.path, name), "");
  }
  await removeLeftovers(folder.path);
  assert.deepEqual(Array.from(Deno.readDirSync(folder.path), ({ name }) => name).sort(), ["a.npy", "tmp-1"]);
});

Deno.test("writers of one file at the same time do not get into each other's way", async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, "a.json");
  const texts = Array.from({ length: 40 }, (_, index) => String(index).repeat(1000 + index));
  await Promise.all(texts.map((text) => durableWrite(path, text)));
  assert(texts.includes(await Deno.readTextFile(path)));
  assert.deepEqual(Array.from(Deno.readDirSync(folder.path), ({ name }) => name), ["a.json"]);
});

Deno.test("a full disk is told with what is kept and what to do", () => {
  const full = new Error("No space left on device (os error 28)");
  assert.equal(
    cannotWrite("/runs/a.npy", full).message,
    "cannot write /runs/a.npy: No space left on device; " +
      "what is finished is kept; make room or choose another folder with --out",
  );
});
