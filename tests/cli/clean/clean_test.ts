import assert from "node:assert/strict";
import { join, relative } from "node:path";
import { findRemovables } from "../../../lib/cli/clean/find.ts";
import { removeAll } from "../../../lib/cli/clean/remove.ts";
import { describeRemovables } from "../../../lib/cli/clean/table.ts";
import { RunError } from "../../../lib/errors.ts";
import { openInstanceFolder } from "../../../lib/store/instance_folder.ts";
import { instancePaths, workflowPaths } from "../../../lib/store/layout.ts";
import { type LockHolder, tryLock } from "../../../lib/store/lock.ts";
import { askForRemake } from "../../../lib/store/remake.ts";
import { writeRunFolder } from "../../../lib/store/run_folder.ts";
import { temporaryFolder } from "../../temporary_folder.ts";

const [needed, unneeded] = ["synthesis-0123456789abcdef", "synthesis-fedcba9876543210"];

const me: LockHolder = {
  host: Deno.hostname(),
  pid: Deno.pid,
  user: "ada",
  since: "2026-03-01T09:00:00.000Z",
  command: "clean",
};

/** Names an instance in a workflow. */
async function nameIn(runs: string, workflow: string, instances: Readonly<Record<string, string>>) {
  await writeRunFolder(runs, {
    name: workflow,
    file: join(runs, `${workflow}.yaml`),
    text: "",
    resolved: () => "",
    instances: Object.entries(instances).map(([name, key]) => ({ name, key, frames: 2 })),
    others: [],
  }, me);
}

/** Frames of an instance, be it named or not. */
async function makeFrames(runs: string, key: string, count = 2): Promise<void> {
  using store = await openInstanceFolder(instancePaths(runs, key), {
    engine: () => undefined,
    onDamage: () => undefined,
  });
  for (let index = 0; index < count; index++) {
    await store.writeFrame(index, { shape: [1, 1, 3], data: new Float32Array(3) }, { seconds: 1 });
  }
}

/** Paths that can go, in alphabetical order. */
async function removableIn(runs: string, options = {}): Promise<readonly string[]> {
  const { free } = await findRemovables(runs, options);
  return free.map(({ path }) => relative(runs, path)).sort();
}

async function writeOld(path: string): Promise<void> {
  await Deno.mkdir(join(path, ".."), { recursive: true });
  await Deno.writeTextFile(path, "half");
  await Deno.utime(path, 0, 0);
}

Deno.test("an instance that a workflow names stays, one that none names goes, and a folder of another kind is left alone", async () => {
  await using folder = await temporaryFolder();
  const runs = folder.path;
  for (const key of [needed, unneeded]) await makeFrames(runs, key);
  await Deno.mkdir(join(runs, "store", "notes"));
  await nameIn(runs, "w", { out: needed });
  assert.deepEqual(await removableIn(runs), [join("store", unneeded)]);

  const { free } = await findRemovables(runs);
  const { bytes, kept } = await removeAll(runs, free, me);
  assert.deepEqual(kept, []);
  assert.ok(bytes > 2 * 12, `${bytes}`);
  assert.deepEqual(Array.from(Deno.readDirSync(join(runs, "store")), ({ name }) => name).sort(), [
    "notes",
    needed,
  ]);
  assert.deepEqual(await removableIn(runs), []);
});

Deno.test("what a workflow named before its settings changed can go, and what another one names still cannot", async () => {
  await using folder = await temporaryFolder();
  const runs = folder.path;
  for (const key of [needed, unneeded]) await makeFrames(runs, key);
  await nameIn(runs, "w", { out: unneeded });
  await nameIn(runs, "other", { mine: unneeded });
  await nameIn(runs, "w", { out: needed });
  assert.deepEqual(await removableIn(runs), []);
  await nameIn(runs, "other", { mine: needed });
  assert.deepEqual(await removableIn(runs), [join("store", unneeded)]);
});

Deno.test("what a process is at work on is kept and told, also when it came after the question", async () => {
  await using folder = await temporaryFolder();
  const runs = folder.path;
  await makeFrames(runs, unneeded);
  const before = await findRemovables(runs);
  const attempt = await tryLock(instancePaths(runs, unneeded).lock, me);
  assert("lock" in attempt);
  await using _lock = attempt.lock;

  const { kept, bytes } = await removeAll(runs, before.free, me);
  assert.deepEqual([kept.length, bytes], [1, 0]);
  const found = await findRemovables(runs);
  assert.deepEqual(found.free, []);
  assert.match(
    describeRemovables(runs, found),
    /^Nothing in .* is to be removed\.\nkept: store.synthesis-fedcba9876543210, held by ada on /,
  );
});

Deno.test("an instance that a workflow names since the question is kept", async () => {
  await using folder = await temporaryFolder();
  const runs = folder.path;
  await makeFrames(runs, unneeded);
  const { free } = await findRemovables(runs);
  await nameIn(runs, "w", { out: unneeded });
  assert.equal((await removeAll(runs, free, me)).kept.length, 1);
  assert.equal((await Deno.stat(instancePaths(runs, unneeded).frameRecords)).isFile, true);
});

Deno.test("nothing is removed when a workflow's index is damaged: nobody knows what it needs", async () => {
  await using folder = await temporaryFolder();
  const runs = folder.path;
  await makeFrames(runs, unneeded);
  await nameIn(runs, "w", { out: needed });
  const { instances } = workflowPaths(runs, "w");
  await Deno.writeTextFile(instances, "{");
  await assert.rejects(findRemovables(runs), (error) => {
    assert(error instanceof RunError);
    assert.match(
      error.message,
      /instances\.json is missing or damaged, .* run that workflow again, or remove /,
    );
    return true;
  });
  await Deno.remove(instances);
  await assert.rejects(findRemovables(runs), RunError);
});

Deno.test("views of instances that are no more go, the others only with --views, and a user's own files never", async () => {
  await using folder = await temporaryFolder();
  const runs = folder.path;
  await makeFrames(runs, needed);
  await nameIn(runs, "w", { "out[seed=1]": needed });
  const { videos, contactSheet } = workflowPaths(runs, "w");
  for (const name of ["out/seed=1.mp4", "out/seed=2.mp4", "gone.mkv", "notes.txt"]) {
    await writeOld(join(videos, name));
  }
  await writeOld(contactSheet);
  const outdated = [join("w", "videos", "gone.mkv"), join("w", "videos", "out", "seed=2.mp4")];
  assert.deepEqual(await removableIn(runs), outdated);
  assert.deepEqual(
    await removableIn(runs, { views: true }),
    [join("w", "contact_sheet.png"), ...outdated, join("w", "videos", "out", "seed=1.mp4")].sort(),
  );
});

Deno.test("what dead processes have left goes, and what was written lately stays", async () => {
  await using folder = await temporaryFolder();
  const runs = folder.path;
  await makeFrames(runs, needed);
  await nameIn(runs, "w", { out: needed });
  const left = [
    join("store", needed, "frames", "000002.npy.tmp-4711-0a1b2c3d"),
    join("digests.json.tmp-4711-0a1b2c3d"),
    join("w", "videos", "out.mkv.tmp-4711-0a1b2c3d"),
  ].sort();
  for (const path of left) await writeOld(join(runs, path));
  await Deno.writeTextFile(join(runs, "speeds.json.tmp-4711-0a1b2c3d"), "half");
  assert.deepEqual(await removableIn(runs), left);
  await removeAll(runs, (await findRemovables(runs)).free, me);
  assert.deepEqual(await removableIn(runs), []);
});

Deno.test("a new result that is half made goes when no workflow waits for it any more", async () => {
  await using folder = await temporaryFolder();
  const runs = folder.path;
  await makeFrames(runs, needed);
  await nameIn(runs, "w", { out: needed });
  await askForRemake(instancePaths(runs, needed), "w");
  assert.deepEqual(await removableIn(runs), []);
  await nameIn(runs, "other", { out: needed });
  await nameIn(runs, "w", { out: unneeded });
  assert.deepEqual(await removableIn(runs), [join("store", needed, "remake")]);
});

Deno.test("the list is no wider than the terminal", async () => {
  await using folder = await temporaryFolder();
  const key = unneeded;
  const one = {
    path: join(folder.path, "store", key),
    bytes: 332e6,
    changed: 0,
    what: `out[clip=${"street".repeat(9)}]`,
    key,
  };
  const text = describeRemovables(folder.path, { free: [one], held: [] }, 80);
  assert.ok(text.split("\n").slice(1).every((line) => line.length <= 80), text);
  assert.match(text, /\n1 to remove, 332 MB$/);
});
