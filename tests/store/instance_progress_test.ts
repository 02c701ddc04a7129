import assert from "node:assert/strict";
import { openEventLog } from "../../lib/store/event_log.ts";
import type { EventBody, OctaveRecord } from "../../lib/store/events.ts";
import { openInstanceFolder } from "../../lib/store/instance_folder.ts";
import { readProgress } from "../../lib/store/instance_progress.ts";
import { instancePaths, remakePaths } from "../../lib/store/layout.ts";
import { type LockHolder, tryLock } from "../../lib/store/lock.ts";
import { askForRemake } from "../../lib/store/remake.ts";
import { temporaryFolder } from "../temporary_folder.ts";

const me: LockHolder = {
  host: "lab-1",
  pid: 4711,
  user: "ada",
  since: "2026-03-01T09:00:00.000Z",
  command: "run w.yaml",
};
const at = "2026-03-01T10:00:00.000Z";

/** An instance of which some frames are finished, and of which some events were told. */
async function begun(runs: string, frames: number, events: readonly EventBody[] = []) {
  const paths = instancePaths(runs, "synthesis-1");
  using store = await openInstanceFolder(paths, { onDamage: () => undefined, engine: () => undefined });
  for (let frame = 0; frame < frames; frame++) {
    await store.writeFrame(frame, { shape: [1, 1, 3], data: new Float32Array(3) }, {
      seconds: 1,
      residuals: { spatial_texture: { fine: 0.1 * (frame + 1) } },
    });
  }
  using log = await openEventLog(paths.events);
  for (const event of events) log.append({ v: 1, at, run: "01", ...event });
  return paths;
}

const iteration: EventBody = {
  type: "iteration",
  frame: 2,
  octave: -1,
  iteration: 120,
  iterations: 750,
  losses: { spatial_texture: 12 },
  seconds: 1,
  eta_seconds: 600,
  run_eta_seconds: 900,
};

Deno.test("an instance that somebody is at work on is told with its holder, its place and the time that is left", async () => {
  await using folder = await temporaryFolder();
  const paths = await begun(folder.path, 2, [iteration]);
  const attempt = await tryLock(paths.lock, me);
  if (!("lock" in attempt)) throw new Error("the lock is free");
  await using _lock = attempt.lock;
  const now = Date.parse(at) + 60_000;
  const progress = await readProgress(paths, { host: me.host, wanted: 12, now });
  assert.partialDeepStrictEqual(progress, {
    state: "in progress",
    finishedFrames: 2,
    wantedFrames: 12,
    heldBy: me,
    secondsLeft: 540,
    runSecondsLeft: 840,
    at: { frame: 2, octave: -1, iteration: 120 },
  });
  assert.ok(Math.abs((progress.residuals?.spatial_texture?.fine ?? NaN) - 0.15) < 1e-9);
});

Deno.test("octaves that ended early are told of output frames, and of none where all iterations were done", async () => {
  await using folder = await temporaryFolder();
  const paths = await begun(folder.path, 0);
  const read = async () => (await readProgress(paths, { host: me.host, wanted: 2 })).early;
  const write = async (frame: number, ends: readonly OctaveRecord["ended"][]) => {
    using store = await openInstanceFolder(paths, { onDamage: () => undefined, engine: () => undefined });
    const octaves = ends.map((ended, index) => (
      { octave: index - 1, iterations: ended === "iterations" ? 100 : 20 + frame, of: 100, ended }
    ));
    await store.writeFrame(frame, { shape: [1, 1, 3], data: new Float32Array(3) }, { seconds: 1, octaves });
  };
  await write(-1, ["plateau", "plateau"]);
  await write(0, ["iterations", "iterations"]);
  assert.equal(await read(), undefined);
  await write(1, ["residual", "plateau"]);
  assert.deepEqual(await read(), { iterations: (100 + 100 + 21 + 21) / 2, of: 200, residual: 1, plateau: 1 });
});

Deno.test("looking at an instance leaves its lock free, and its folder as it was", async () => {
  await using folder = await temporaryFolder();
  const paths = await begun(folder.path, 1);
  const before = [...Deno.readDirSync(paths.folder)].map(({ name }) => name).sort();
  assert.equal((await readProgress(paths, { host: me.host, wanted: 2 })).state, "begun");
  assert.deepEqual([...Deno.readDirSync(paths.folder)].map(({ name }) => name).sort(), before);
  const attempt = await tryLock(paths.lock, me);
  assert.ok("lock" in attempt);
  await attempt.lock[Symbol.asyncDispose]();
  assert.equal((await readProgress(paths, { host: me.host, wanted: 2 })).state, "begun");
});

Deno.test("an instance without a folder waits, and one that failed says why", async () => {
  await using folder = await temporaryFolder();
  const nothing = instancePaths(folder.path, "synthesis-2");
  assert.deepEqual(await readProgress(nothing, { host: me.host, wanted: 3 }), {
    state: "waiting",
    finishedFrames: 0,
    wantedFrames: 3,
  });
  const failed: EventBody = { type: "instance.failed", code: 1, text: "a loss became NaN" };
  const paths = await begun(folder.path, 1, [iteration, failed]);
  assert.partialDeepStrictEqual(await readProgress(paths, { host: me.host, wanted: 3 }), {
    state: "failed",
    failure: "a loss became NaN",
  });
});

Deno.test("a lock that another machine touched lately is held, where the kernel's lock may not reach", async () => {
  await using folder = await temporaryFolder();
  const paths = await begun(folder.path, 1);
  await Deno.writeTextFile(paths.lock, JSON.stringify(me) + "\n");
  const state = async (host: string) => (await readProgress(paths, { host, wanted: 3 })).state;
  assert.equal(await state("lab-2"), "in progress");
  assert.equal(await state("lab-1"), "begun");
  const long = new Date(Date.now() - 120_000);
  await Deno.utime(paths.lock, long, long);
  assert.equal(await state("lab-2"), "begun");
});

Deno.test("of a log of days only the end is read", async () => {
  await using folder = await temporaryFolder();
  const many = Array.from({ length: 3000 }, (_, index): EventBody => ({ ...iteration, seconds: index }));
  const paths = await begun(folder.path, 1, many);
  const attempt = await tryLock(paths.lock, me);
  if (!("lock" in attempt)) throw new Error("the lock is free");
  await using _lock = attempt.lock;
  assert.equal((await readProgress(paths, { host: me.host, wanted: 3 })).at?.seconds, 2999);
});

Deno.test("an instance that was stopped is told with the place and the losses of its last iteration", async () => {
  await using folder = await temporaryFolder();
  const paths = await begun(folder.path, 2, [iteration]);
  const progress = await readProgress(paths, { host: me.host, wanted: 12 });
  assert.partialDeepStrictEqual(progress, {
    state: "begun",
    finishedFrames: 2,
    stoppedAt: { frame: 2, octave: -1, iteration: 120, losses: { spatial_texture: 12 } },
  });
});

Deno.test("of an instance that is made again the new result is told while somebody is at work on it, else what is there", async () => {
  await using folder = await temporaryFolder();
  const paths = await begun(folder.path, 3);
  await askForRemake(paths, "w");
  const again = remakePaths(paths);
  using log = await openEventLog(again.events);
  log.append({ v: 1, at, run: "02", ...iteration, frame: 0 });
  const told = async () => await readProgress(paths, { host: me.host, wanted: 3 });
  assert.partialDeepStrictEqual(await told(), { state: "begun", finishedFrames: 3, remade: 0 });
  const attempt = await tryLock(paths.lock, me);
  if (!("lock" in attempt)) throw new Error("the lock is free");
  await using _lock = attempt.lock;
  assert.partialDeepStrictEqual(await told(), {
    state: "in progress",
    finishedFrames: 0,
    remade: 0,
    at: { frame: 0 },
  });
});
