import assert from "node:assert/strict";
import { join } from "node:path";
import { bytesNeeded } from "../../lib/plan/disk.ts";
import { writeFrameFile } from "../../lib/store/stored_frame.ts";
import { temporaryFolder } from "../temporary_folder.ts";

const made = (frames: number) => ({
  made: "video" as const,
  video: { height: 10, width: 20, frames, fps: "25/1" },
});

const encoded = 1.8 * 200;

Deno.test("a frame is counted with the bytes that its file has", async () => {
  await using folder = await temporaryFolder();
  await Deno.mkdir(join(folder.path, "frames"));
  const shape = [10, 20, 3];
  const stored = await writeFrameFile(folder.path, 0, { shape, data: new Float32Array(600) });
  const needed = bytesNeeded({ artifact: made(1), section: "stages", work: [], finishedFrames: 0 });
  assert.equal(needed - encoded, stored.bytes);
  const decoded = await writeFrameFile(folder.path, 1, { shape, data: new Uint8Array(600) });
  const clip = bytesNeeded({ artifact: made(1), section: "videos", work: [], finishedFrames: 0 });
  assert.equal(clip - 0.2 * 200, decoded.bytes);
});

Deno.test("frames that are there need no room any more; what is encoded is made anew", () => {
  const needed = (finishedFrames: number) =>
    bytesNeeded({ artifact: made(12), section: "stages", work: [], finishedFrames });
  assert.equal(needed(3), 9 * (128 + 2400) + 12 * encoded);
  assert.equal(needed(12), 12 * encoded);
});

Deno.test("padding counts where it takes more than the frames that come after it", () => {
  const frames = { first: -5, iterations: Array<number>(6).fill(1) };
  const work = [{ height: 10, width: 20, iterations: 6, parts: ["write"], frames }];
  const needed = (count: number, finishedFrames = 0) =>
    bytesNeeded({ artifact: made(count), section: "stages", work, finishedFrames }) - count * encoded;
  assert.equal(needed(1), 6 * (128 + 2400));
  assert.equal(needed(9), 9 * (128 + 2400));
  assert.equal(needed(2, 1), 128 + 2400);
});

Deno.test("what makes no video needs no room to speak of", () => {
  assert.equal(
    bytesNeeded({ artifact: { made: "table" }, section: "stages", work: [], finishedFrames: 0 }),
    0,
  );
});
