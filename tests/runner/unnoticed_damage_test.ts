/** Damage that size, times and inode of a file do not show: what the digests remember is no longer true. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { openFrames } from "../../lib/store/finished_frames.ts";
import { instancePaths } from "../../lib/store/layout.ts";
import { DamagedFrame } from "../../lib/store/stored_frame.ts";
import type { EncodeViews } from "../../lib/runner/attempt.ts";
import { temporaryFolder } from "../temporary_folder.ts";
import { fakeInput, type FakeInstance, type FakeRun, framesFinished, runFake } from "./fake_run.ts";

const longAgo = new Date("2026-01-01");

/** Runs the instance, makes its files old enough to be remembered, and has a run remember them. */
async function finishLongAgo(runs: string, instance: FakeInstance): Promise<void> {
  await runFake(runs, [instance]);
  const { frames } = instancePaths(runs, `fake-${instance.name}`);
  for (const { name } of Deno.readDirSync(frames)) await Deno.utime(join(frames, name), longAgo, longAgo);
  await runFake(runs, [instance]);
}

/** Changes the last byte of a frame; size, time and inode stay. */
async function damage(runs: string, instance: string, frame: string): Promise<void> {
  const path = join(instancePaths(runs, `fake-${instance}`).folder, frame);
  using file = await Deno.open(path, { read: true, write: true });
  await file.seek(-1, Deno.SeekMode.End);
  await file.write(Uint8Array.of(0x55));
  await file.utime(longAgo, longAgo);
}

async function bytesOf(runs: string, name: string, frames: number): Promise<number[][]> {
  const source = await openFrames(instancePaths(runs, `fake-${name}`), frames);
  const indices = Array.from({ length: frames }, (_, index) => index);
  return await Promise.all(indices.map(async (index) => [...(await source.frame(index)).data]));
}

function damagedIn({ events }: FakeRun): string[] {
  return events.flatMap((event) =>
    event.type === "damaged" ? [`${event.instance} ${event.path} ${event.action}`] : []
  );
}

Deno.test("an input that is damaged unnoticed is made again in the run that reads it", async () => {
  await using folder = await temporaryFolder();
  await using other = await temporaryFolder();
  const clip = { name: "clip", frames: 3 };
  const metamer = { name: "metamer", frames: 2, inputs: [fakeInput("clip", 3)] };
  await finishLongAgo(folder.path, clip);
  await damage(folder.path, "clip", "frames/000000.npy");
  const run = await runFake(folder.path, [clip, metamer]);
  assert.deepEqual(run.outcome, { code: 0, computed: ["clip", "metamer"] });
  assert.deepEqual(damagedIn(run), ["clip frames/000000.npy computed again"]);
  assert.equal(framesFinished(run.events).clip?.at(0), 0);
  assert(!run.events.some(({ type }) => type === "instance.failed"));

  await runFake(other.path, [clip, metamer]);
  assert.deepEqual(await bytesOf(folder.path, "metamer", 2), await bytesOf(other.path, "metamer", 2));
  assert.deepEqual((await runFake(folder.path, [clip, metamer])).outcome.computed, []);
});

Deno.test("damage that two readers find at the same time is mended once, and both go on", async () => {
  await using folder = await temporaryFolder();
  const clip = { name: "clip", frames: 3 };
  const readers = ["a", "b"].map((name) => ({ name, frames: 2, inputs: [fakeInput("clip", 3)] }));
  await finishLongAgo(folder.path, clip);
  await damage(folder.path, "clip", "frames/000000.npy");
  const run = await runFake(folder.path, [clip, ...readers], { workers: 2 });
  assert.deepEqual(run.outcome.computed.toSorted(), ["a", "b", "clip"]);
  assert.deepEqual(damagedIn(run), ["clip frames/000000.npy computed again"]);
});

Deno.test("a finished render that is damaged unnoticed is made again when its views are to be made", async () => {
  await using folder = await temporaryFolder();
  const runs = folder.path;
  const render = { name: "a", frames: 3 };
  await finishLongAgo(runs, render);
  const before = await bytesOf(runs, "a", 3);
  await damage(runs, "a", "frames/000001.npy");
  let views = 0;
  const encodeViews: EncodeViews = async () => {
    await bytesOf(runs, "a", 3);
    views++;
  };
  const run = await runFake(runs, [render], { encodeViews });
  assert.deepEqual(run.outcome, { code: 0, computed: ["a"] });
  assert.deepEqual(damagedIn(run), ["a frames/000001.npy computed again"]);
  assert.equal(views, 1);
  assert.deepEqual(await bytesOf(runs, "a", 3), before);
});

Deno.test("a frame that stays damaged ends the run with an error, and is not tried for ever", async () => {
  await using folder = await temporaryFolder();
  const { folder: instance } = instancePaths(folder.path, "fake-a");
  const error = new DamagedFrame(instance, join(instance, "frames/000000.npy"), "is damaged");
  let attempts = 0;
  const encodeViews: EncodeViews = () => {
    attempts++;
    return Promise.reject(error);
  };
  const run = runFake(folder.path, [{ name: "a", frames: 1 }], { encodeViews });
  await assert.rejects(run, (thrown) => thrown === error);
  assert.equal(attempts, 2);
});
