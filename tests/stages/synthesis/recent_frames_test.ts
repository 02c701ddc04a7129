import assert from "node:assert/strict";
import { recentFrames } from "../../../lib/stages/synthesis/recent_frames.ts";
import { clip } from "./stage.ts";

Deno.test("the two frames that were asked for last are the same objects again, others are read again", async () => {
  const read: number[] = [];
  const video = recentFrames(clip(5, (index) => read.push(index)), 2);
  assert.equal(video.frames, 5);
  const zero = await video.frame(0);
  const one = await video.frame(1);
  assert.equal(await video.frame(0), zero);
  assert.equal(await video.frame(1), one);
  await video.frame(2);
  assert.equal(await video.frame(1), one);
  assert.notEqual(await video.frame(0), zero);
  assert.deepEqual(await video.frame(0), zero);
  assert.deepEqual(read, [0, 1, 2, 0]);
});

Deno.test("a frame that is being read is not read twice", async () => {
  const read: number[] = [];
  const video = recentFrames(clip(5, (index) => read.push(index)), 2);
  const [ahead, needed] = [video.frame(3), video.frame(3)];
  assert.equal(await needed, await ahead);
  assert.deepEqual(read, [3]);
});
