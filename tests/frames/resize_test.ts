import assert from "node:assert/strict";
import fc from "fast-check";
import type { Frame } from "../../lib/frames/frame.ts";
import { resizeBilinear } from "../../lib/frames/resize.ts";
import { sharedPath } from "../shared_data.ts";
import { difference, readGoldenFrames } from "./golden_frames.ts";

const golden = sharedPath("golden/resize.npz");

function crop(frame: Frame, height: number, width: number): Frame {
  const rows = Array.from({ length: height }, (_, y) => {
    const start = y * frame.width * 3;
    return Array.from(frame.data.subarray(start, start + width * 3));
  });
  return { height, width, data: Float32Array.from(rows.flat()) };
}

Deno.test({
  name: "resizeBilinear() agrees with tf.image.resize",
  ignore: golden === undefined,
  fn: async () => {
    const frames = await readGoldenFrames(golden!);
    const frame = frames("frame");
    assert.ok(difference(resizeBilinear(frame, 45, 106), frames("oct_m1")).max <= 5e-6);
    assert.ok(difference(resizeBilinear(frame, 30, 71), frames("oct_m2")).max <= 5e-6);
    assert.ok(difference(resizeBilinear(crop(frame, 9, 20), 33, 77), frames("up")).max <= 5e-6);
  },
});

Deno.test("resizeBilinear() keeps a constant frame constant and a frame of the same size as it is", () => {
  const sides = fc.integer({ min: 1, max: 12 });
  fc.assert(fc.property(sides, sides, sides, sides, (height, width, newHeight, newWidth) => {
    const frame: Frame = { height, width, data: new Float32Array(height * width * 3).fill(0.3) };
    const resized = resizeBilinear(frame, newHeight, newWidth);
    assert.equal(resized.data.length, newHeight * newWidth * 3);
    for (const value of resized.data) assert.ok(Math.abs(value - 0.3) < 1e-7);
    assert.equal(resizeBilinear(frame, height, width), frame);
  }));
});

Deno.test("resizeBilinear() samples pixel centers: halving takes the mean of two", () => {
  const frame: Frame = {
    height: 1,
    width: 4,
    data: new Float32Array([0, 1, 2, 3].flatMap((v) => [v, v, v])),
  };
  const halved = resizeBilinear(frame, 1, 2);
  assert.deepEqual([...halved.data], [0.5, 0.5, 0.5, 2.5, 2.5, 2.5]);
});

Deno.test("resizeBilinear() refuses sizes that are no sizes", () => {
  const frame: Frame = { height: 1, width: 1, data: new Float32Array(3) };
  assert.throws(() => resizeBilinear(frame, 0, 5), /0 x 5/);
  assert.throws(() => resizeBilinear(frame, 2, 1.5), /2 x 1.5/);
});
