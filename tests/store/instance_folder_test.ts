import assert from "node:assert/strict";
import { join } from "node:path";
import { RunError } from "../../lib/errors.ts";
import { type InstanceFolder, openInstanceFolder } from "../../lib/store/instance_folder.ts";
import { instancePaths } from "../../lib/store/layout.ts";
import type { StoredArray } from "../../lib/store/stage_store.ts";
import type { Damage } from "../../lib/store/stored_frame.ts";
import { temporaryFolder } from "../temporary_folder.ts";

const record = { seconds: 1, losses: { spatial_texture: 2 }, iterations: 3 };

function gray(value: number): StoredArray {
  return { shape: [2, 3, 3], data: new Float32Array(18).fill(value) };
}

async function open(runs: string, damages: Damage[] = []): Promise<InstanceFolder> {
  return await openInstanceFolder(instancePaths(runs, "fake-1"), {
    engine: () => undefined,
    onDamage: (damage) => damages.push(damage),
  });
}

async function writeFrames(runs: string, count: number): Promise<void> {
  using store = await open(runs);
  for (let index = 0; index < count; index++) await store.writeFrame(index, gray(index / 8), record);
}

Deno.test("a frame is read back as it was written, by another holder too", async () => {
  await using folder = await temporaryFolder();
  await writeFrames(folder.path, 2);
  using store = await open(folder.path);
  assert.equal(await store.finishedFrames(0), 2);
  assert.deepEqual(await store.readFrame(1), gray(1 / 8));
  await assert.rejects(store.readFrame(2), RunError);
});

Deno.test("a frame whose line in frames.jsonl is torn or missing is not finished", async () => {
  await using folder = await temporaryFolder();
  await writeFrames(folder.path, 3);
  const { frameRecords } = instancePaths(folder.path, "fake-1");
  const text = await Deno.readTextFile(frameRecords);
  await Deno.writeTextFile(frameRecords, text.slice(0, -10));
  using store = await open(folder.path);
  assert.equal(await store.finishedFrames(0), 2);
  await store.writeFrame(2, gray(2 / 8), record);
  assert.equal(await store.finishedFrames(0), 3);
});

Deno.test("a damaged frame is reported and computed again; with the same bytes the later frames still count", async () => {
  await using folder = await temporaryFolder();
  await writeFrames(folder.path, 4);
  const path = join(instancePaths(folder.path, "fake-1").frames, "000001.npy");
  const bytes = await Deno.readFile(path);
  bytes[bytes.length - 1] = 0x55;
  await Deno.writeFile(path, bytes);
  const damages: Damage[] = [];
  using store = await open(folder.path, damages);
  assert.equal(await store.finishedFrames(0), 1);
  assert.equal(await store.finishedFrames(0), 1);
  assert.deepEqual(damages.map(({ path }) => path), ["frames/000001.npy"]);
  await assert.rejects(store.readFrame(1), RunError);
  await store.writeFrame(1, gray(1 / 8), record);
  assert.equal(await store.finishedFrames(0), 4);
});

Deno.test("a frame computed again with other bytes takes the later ones with it", async () => {
  await using folder = await temporaryFolder();
  await writeFrames(folder.path, 4);
  await Deno.remove(join(instancePaths(folder.path, "fake-1").frames, "000001.npy"));
  {
    using store = await open(folder.path);
    assert.equal(await store.finishedFrames(0), 1);
    await store.writeFrame(1, gray(0.9), record);
    assert.equal(await store.finishedFrames(0), 2);
  }
  using store = await open(folder.path);
  assert.equal(await store.finishedFrames(0), 2);
});

Deno.test("padding counts frame by frame until frame 0 is finished, then as a whole", async () => {
  await using folder = await temporaryFolder();
  const damages: Damage[] = [];
  using store = await open(folder.path, damages);
  for (const index of [-3, -2, -1]) {
    await store.writeFrame(index, gray(0.5), record);
    assert.equal(await store.finishedFrames(-3), 4 + index);
  }
  await store.writeFrame(0, gray(0), record);
  await store.removePadding();
  assert.equal(await store.finishedFrames(-3), 4);
  using later = await open(folder.path, damages);
  assert.equal(await later.finishedFrames(-3), 4);
  assert.deepEqual(damages, []);
  assert.deepEqual(Array.from(Deno.readDirSync(instancePaths(folder.path, "fake-1").padding)), []);
});

Deno.test("the next holder removes what a killed writer left", async () => {
  await using folder = await temporaryFolder();
  await writeFrames(folder.path, 1);
  const leftover = join(instancePaths(folder.path, "fake-1").frames, "000001.npy.tmp-4711");
  await Deno.writeTextFile(leftover, "half");
  using _store = await open(folder.path);
  await assert.rejects(Deno.stat(leftover), Deno.errors.NotFound);
});

Deno.test("writeState() keeps the state before, and one that was removed is not kept", async () => {
  await using folder = await temporaryFolder();
  using store = await open(folder.path);
  const states = async () => [await store.readState("newest"), await store.readState("previous")];
  const [one, two, three] = [Uint8Array.of(1), Uint8Array.of(2), Uint8Array.of(3)];
  assert.deepEqual(await states(), [undefined, undefined]);
  await store.writeState(one);
  await store.writeState(two);
  assert.deepEqual(await states(), [two, one]);
  await store.removeState("newest");
  assert.deepEqual(await states(), [undefined, one]);
  await store.writeState(three);
  assert.deepEqual(await states(), [three, one]);
});
