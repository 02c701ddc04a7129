import assert from "node:assert/strict";
import { openEventLog, readEvents } from "../../lib/store/event_log.ts";
import { readFrameRecords, replaceFrameRecords } from "../../lib/store/frame_records.ts";
import { type InstanceFolder, openInstanceFolder } from "../../lib/store/instance_folder.ts";
import { type InstancePaths, instancePaths } from "../../lib/store/layout.ts";
import { recoverFrameRecords } from "../../lib/store/recovered_frames.ts";
import { temporaryFolder } from "../temporary_folder.ts";

const engine = {
  name: "onnxruntime",
  version: "1.30.0",
  provider: "cpu",
  device: "a cpu",
  precision: "float32",
  threads: 2,
  convolution: "direct",
  arithmetic: 1,
} as const;
const octaves = [{ octave: 0, iterations: 7, of: 9, ended: "plateau" }] as const;
const residuals = { spatial_texture: { conv1_1: 0.25 } };

/** Writes frames of these gray values as a run does, and tells of them in the log. */
async function makeFrames(paths: InstancePaths, values: Readonly<Record<number, number>>): Promise<void> {
  using store: InstanceFolder = await openInstanceFolder(paths, { engine: () => engine, onDamage: () => {} });
  using log = await openEventLog(paths.events);
  const envelope = { v: 1, at: "2026-03-01T09:00:00.000Z", run: "a run" } as const;
  log.append({ ...envelope, type: "engine.opened", engine });
  const numbers = Object.keys(values).map(Number).sort((a, b) => a - b);
  for (const frame of numbers) {
    const data = new Float32Array(12).fill(values[frame] ?? NaN);
    const record = { residuals, seconds: 2, iterations: 7, octaves };
    await store.writeFrame(frame, { shape: [2, 2, 3], data }, record);
    log.append({ ...envelope, type: "octave.finished", frame, ...octaves[0] });
    const sha256 = store.record(frame)?.sha256 ?? "";
    log.append({ ...envelope, type: "frame.finished", frame, of: 3, seconds: 2, residuals, sha256 });
  }
}

async function recover(paths: InstancePaths): Promise<readonly number[]> {
  return await recoverFrameRecords(paths, await readEvents(paths.events));
}

Deno.test("frames whose records are gone are recorded again from the log, padding too", async () => {
  await using folder = await temporaryFolder();
  const paths = instancePaths(folder.path, "fake-1");
  await makeFrames(paths, { [-2]: 0.1, [-1]: 0.2, 0: 0.3, 1: 0.4 });
  const records = await readFrameRecords(paths.frameRecords);
  assert.deepEqual(await recover(paths), []);
  await Deno.remove(paths.frameRecords);
  assert.deepEqual(await recover(paths), [-2, -1, 0, 1]);
  assert.deepEqual(await readFrameRecords(paths.frameRecords), records);
});

Deno.test("a line that is gone from the middle is written again", async () => {
  await using folder = await temporaryFolder();
  const paths = instancePaths(folder.path, "fake-1");
  await makeFrames(paths, { 0: 0.3, 1: 0.4, 2: 0.5 });
  const records = await readFrameRecords(paths.frameRecords);
  await replaceFrameRecords(paths.frameRecords, [...records.values()].filter(({ frame }) => frame !== 1));
  assert.deepEqual(await recover(paths), [1]);
  assert.deepEqual((await readFrameRecords(paths.frameRecords)).get(1), records.get(1));
});

Deno.test("a line of which any bit was changed is written again, or reads the same", async () => {
  await using folder = await temporaryFolder();
  const paths = instancePaths(folder.path, "fake-1");
  await makeFrames(paths, { 0: 0.3 });
  const records = await readFrameRecords(paths.frameRecords);
  const line = await Deno.readFile(paths.frameRecords);
  for (let at = 0; at < line.length; at += 3) {
    const damaged = line.slice();
    damaged[at]! ^= 1;
    await Deno.writeFile(paths.frameRecords, damaged);
    await recover(paths);
    assert.deepEqual(await readFrameRecords(paths.frameRecords), records, `byte ${at}`);
  }
});

Deno.test("a file that is not what the log says is not recorded, and nothing behind it", async () => {
  await using folder = await temporaryFolder();
  const paths = instancePaths(folder.path, "fake-1");
  await makeFrames(paths, { 0: 0.3, 1: 0.4, 2: 0.5 });
  await Deno.remove(paths.frameRecords);
  await Deno.truncate(`${paths.frames}/000001.npy`, 20);
  assert.deepEqual(await recover(paths), [0]);
});

Deno.test("frames behind one that was made again with other bytes stay forgotten, whether the log tells of it or not", async () => {
  await using folder = await temporaryFolder();
  const paths = instancePaths(folder.path, "fake-1");
  await makeFrames(paths, { 0: 0.3, 1: 0.4, 2: 0.5 });
  const log = await Deno.readTextFile(paths.events);
  await makeFrames(paths, { 1: 0.9 });
  assert.deepEqual(await recover(paths), []);
  // Killed before its event was written.
  await Deno.writeTextFile(paths.events, log);
  assert.deepEqual(await recover(paths), []);
  // And before its record was.
  const records = await readFrameRecords(paths.frameRecords);
  await replaceFrameRecords(paths.frameRecords, [...records.values()].filter(({ frame }) => frame === 0));
  assert.deepEqual(await recover(paths), []);
});
