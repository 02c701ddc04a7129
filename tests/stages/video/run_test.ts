import assert from "node:assert/strict";
import { join } from "node:path";
import { frameToBytes } from "../../../lib/frames/bytes.ts";
import { generateFrame } from "../../../lib/frames/generated/generators.ts";
import { generatorDefaults } from "../../../lib/frames/generated/settings.ts";
import { encodeLossless } from "../../../lib/video/encode.ts";
import { temporaryFolder } from "../../temporary_folder.ts";
import { inOrder, scrambledFrame } from "../../video/clips.ts";
import { defaults, instanceOf, run } from "./stage.ts";

const size = { height: 20, width: 32 };
const frames = Array.from({ length: 12 }, (_, index) => scrambledFrame(size, index));
const file = { ...defaults, file: "clip.mkv" };

async function folderWithClip() {
  const folder = await temporaryFolder();
  await encodeLossless(`${folder.path}/clip.mkv`, inOrder(frames), { size, fps: "25/1" });
  return folder;
}

Deno.test("a file's frames are stored as they are", async () => {
  await using folder = await folderWithClip();
  const result = await run(file, folder.path, folder.path);
  assert.deepEqual(result.frames, frames);
  assert.deepEqual(result.made, frames.map((_, index) => index));
});

Deno.test("start, step and frames choose", async () => {
  await using folder = await folderWithClip();
  const result = await run({ ...file, start: 1, step: 3, frames: 3 }, folder.path, folder.path);
  assert.deepEqual(result.frames, [frames[1], frames[4], frames[7]]);
});

Deno.test("a run that was stopped goes on at the next frame, and more frames can be added later", async () => {
  await using folder = await folderWithClip();
  const stopped = await run({ ...file, start: 2, frames: 6 }, folder.path, folder.path, { stopAfter: 4 });
  assert.deepEqual(stopped.made, [0, 1, 2, 3]);
  const resumed = await run({ ...file, start: 2, frames: 6 }, folder.path, folder.path);
  assert.deepEqual(resumed.made, [4, 5]);
  const longer = await run({ ...file, start: 2, frames: 8 }, folder.path, folder.path);
  assert.deepEqual(longer.made, [6, 7]);
  assert.deepEqual(longer.frames, frames.slice(2, 10));
});

Deno.test("a file that changed after planning is not decoded", async () => {
  await using folder = await folderWithClip();
  const path = `${folder.path}/clip.mkv`;
  const change = () => encodeLossless(path, inOrder(frames.toReversed()), { size, fps: "25/1" });
  const changed = { name: "RunError", message: "clip.mkv changed since the run was planned; run again" };
  await assert.rejects(run(file, folder.path, folder.path, { meanwhile: change }), changed);
  const removed = { name: "RunError", message: "clip.mkv is no longer there" };
  await assert.rejects(
    run(file, folder.path, folder.path, { meanwhile: () => Deno.remove(path) }),
    removed,
  );
  assert.deepEqual([...Deno.readDirSync(instanceOf(folder.path).frames)], []);
});

Deno.test("only a damaged frame is made again", async () => {
  await using folder = await folderWithClip();
  await run(file, folder.path, folder.path);
  for (const damaged of ["000003.npy", "000008.npy"]) {
    await Deno.writeTextFile(join(instanceOf(folder.path).frames, damaged), "damage");
  }
  const repaired = await run(file, folder.path, folder.path);
  assert.deepEqual(repaired.made, [3, 8]);
  assert.deepEqual(repaired.frames, frames);
});

Deno.test("gray frames have the luma in all channels", async () => {
  await using folder = await folderWithClip();
  const { frames: [gray] } = await run({ ...file, color: "gray", frames: 1 }, folder.path, folder.path);
  const [red, green, blue] = frames[0]!;
  const luma = Math.round(0.299 * red! + 0.587 * green! + 0.114 * blue!);
  assert.deepEqual([...gray!.subarray(0, 3)], [luma, luma, luma]);
});

Deno.test("a generated clip's frames are the generator's", async () => {
  await using folder = await temporaryFolder();
  const settings = {
    ...defaults,
    generate: generatorDefaults.dead_leaves,
    height: 36,
    start: 5,
    step: 2,
    frames: 3,
  };
  const result = await run(settings, folder.path, folder.path);
  const expected = [5, 7, 9].map((index) =>
    frameToBytes(generateFrame(generatorDefaults.dead_leaves, index, { height: 36, width: 64 }))
  );
  assert.deepEqual(result.frames, expected);
});

Deno.test("a still image is a constant video", async () => {
  await using folder = await temporaryFolder();
  // A portable pixmap: two pixels, red and blue.
  const pixels = new Uint8Array([255, 0, 0, 0, 0, 255]);
  const header = new TextEncoder().encode("P6 2 1 255\n");
  await Deno.writeFile(`${folder.path}/still.ppm`, new Uint8Array([...header, ...pixels]));
  const result = await run({ ...defaults, file: "still.ppm", frames: 3 }, folder.path, folder.path);
  assert.deepEqual(result.frames, [pixels, pixels, pixels]);
});
