import assert from "node:assert/strict";
import { grayFrame, grayWeights, luminanceWeights } from "../../lib/frames/gray.ts";
import { grayOfValues } from "../../lib/frames/gray_of_values.ts";

const color = [0.2, 0.6, 0.9] as const;
const frame = { height: 1, width: 1, data: Float32Array.from(color) };

const weighted = (weights: readonly number[], values: readonly number[]) =>
  weights.reduce((sum, weight, i) => sum + weight * values[i]!, 0);

Deno.test("gray of coded values is their luma, gray of light its luminance", () => {
  assert.deepEqual(grayOfValues(frame, "srgb"), grayFrame(frame));
  const expected = [["srgb", grayWeights], ["linear", luminanceWeights]] as const;
  for (const [transfer, weights] of expected) {
    for (const value of grayOfValues(frame, transfer).data) {
      assert.ok(Math.abs(value - weighted(weights, color)) < 1e-6, transfer);
    }
  }
});

Deno.test("gray of a power of light is that power of the luminance", () => {
  const luminance = weighted(luminanceWeights, color.map((value) => value ** 2.2));
  const { data } = grayOfValues(frame, { gamma: 2.2 });
  for (const value of data) assert.ok(Math.abs(value - luminance ** (1 / 2.2)) < 1e-6);
});
