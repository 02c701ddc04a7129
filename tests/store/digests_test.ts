import assert from "node:assert/strict";
import { join } from "node:path";
import { sha256OfBytes, sha256OfFile } from "../../lib/store/checksum.ts";
import { openDigests } from "../../lib/store/digests.ts";
import { temporaryFolder } from "../temporary_folder.ts";

const longAgo = new Date("2026-01-01");

Deno.test("sha256OfFile() agrees with the digest of the bytes, over several pieces", async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, "a");
  const bytes = Uint8Array.from({ length: (1 << 20) * 2 + 5 }, (_, i) => i * 31);
  await Deno.writeFile(path, bytes);
  assert.equal(await sha256OfFile(path), sha256OfBytes(bytes));
  assert.equal(sha256OfBytes("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
});

Deno.test("a digest is remembered while the file keeps size, time and inode, and not beyond", async () => {
  await using folder = await temporaryFolder();
  const [path, memory] = [join(folder.path, "a"), join(folder.path, "digests.json")];
  await Deno.writeTextFile(path, "one");
  await Deno.utime(path, longAgo, longAgo);
  const digests = await openDigests(memory);
  await digests.sha256(path);
  await digests.save();

  // Same size and time: only a reader who does not remember sees the difference.
  await Deno.writeTextFile(path, "two");
  await Deno.utime(path, longAgo, longAgo);
  assert.equal(await (await openDigests(memory)).sha256(path), sha256OfBytes("one"));

  await Deno.utime(path, longAgo, new Date("2026-01-02"));
  assert.equal(await (await openDigests(memory)).sha256(path), sha256OfBytes("two"));
});

Deno.test("a damaged digests.json counts as empty", async () => {
  await using folder = await temporaryFolder();
  const [path, memory] = [join(folder.path, "a"), join(folder.path, "digests.json")];
  await Deno.writeTextFile(path, "one");
  await Deno.writeTextFile(memory, '{"v":1,"files":{"');
  assert.equal(await (await openDigests(memory)).sha256(path), sha256OfBytes("one"));
});

Deno.test("digests of an instance's files are remembered in its folder, wherever the store lies, and go with it", async () => {
  await using folder = await temporaryFolder();
  const [here, there] = [join(folder.path, "here"), join(folder.path, "there")];
  const place = (runs: string) => join(runs, "store", "fake-1");
  await Deno.mkdir(place(here), { recursive: true });
  await Deno.writeTextFile(join(place(here), "a"), "one");
  await Deno.utime(join(place(here), "a"), longAgo, longAgo);
  const digests = await openDigests(join(here, "digests.json"));
  await digests.sha256(join(place(here), "a"));
  await digests.save();
  await assert.rejects(Deno.stat(join(here, "digests.json")), Deno.errors.NotFound);

  // As if it were mounted elsewhere: the same file.
  await Deno.rename(here, there);
  await Deno.writeTextFile(join(place(there), "a"), "two");
  await Deno.utime(join(place(there), "a"), longAgo, longAgo);
  const later = await openDigests(join(there, "digests.json"));
  assert.equal(await later.sha256(join(place(there), "a")), sha256OfBytes("one"));
  later.forget(join(place(there), "a"));
  assert.equal(await later.sha256(join(place(there), "a")), sha256OfBytes("two"));

  await Deno.remove(place(there), { recursive: true });
  await later.save();
  await assert.rejects(Deno.stat(place(there)), Deno.errors.NotFound);
});
