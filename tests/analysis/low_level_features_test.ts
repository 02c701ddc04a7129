import assert from "node:assert/strict";
import fc from "fast-check";
import { grayLevels, histogramDistance, levelHistogram } from "../../lib/analysis/gray_levels.ts";
import { meanIntensity, pixelChange } from "../../lib/analysis/low_level_features.ts";
import { describeFlow, openFlowEstimator } from "../../lib/analysis/optical_flow.ts";
import { loadFourier } from "../../lib/frames/fourier.ts";
import { noiseFrame } from "../../lib/frames/generated/noise_clip.ts";
import { generatorDefaults } from "../../lib/frames/generated/settings.ts";
import { frameToBytes } from "../../lib/frames/bytes.ts";
import { uniformGray } from "../frames/uniform_gray.ts";

const near = (found: number, expected: number, tolerance = 1e-6) =>
  assert(Math.abs(found - expected) <= tolerance, `${found} instead of ${expected}`);

Deno.test("intensity is the mean of all values, and pixel change the mean of their absolute differences", () => {
  const red = { height: 1, width: 2, data: Float32Array.of(1, 0, 0, 1, 0, 0) };
  near(meanIntensity(red), 1 / 3);
  near(pixelChange(red, uniformGray(0, 1, 2)), 1 / 3);
  assert.equal(pixelChange(red, red), 0);
  assert.throws(() => pixelChange(red, uniformGray(0, 2, 2)), /different sizes/);
});

Deno.test("the distance between two levels is their difference, and sizes do not matter", () => {
  const level = fc.integer({ min: 0, max: 255 });
  fc.assert(
    fc.property(level, level, fc.integer({ min: 1, max: 50 }), (one, other, pixels) => {
      const histogram = (level: number, count: number) => levelHistogram(new Uint8Array(count).fill(level));
      near(
        histogramDistance(histogram(one, 7), histogram(other, pixels)),
        Math.abs(one - other) / 255,
        1e-12,
      );
    }),
    { seed: 1 },
  );
  assert.deepEqual(Array.from(grayLevels(Uint8Array.of(255, 0, 0, 9, 9, 9))), [76, 9]);
});

/** A smooth texture, moved to the right and down. */
async function flowOfMoved(right: number, down: number) {
  const size = { height: 64, width: 96 };
  const gray = grayLevels(frameToBytes(noiseFrame(await loadFourier(), generatorDefaults.noise, 0, size)));
  const moved = gray.map((_, i) => {
    const [row, column] = [Math.floor(i / 96) - down, i % 96 - right];
    return gray[(row + 64) % 64 * 96 + (column + 96) % 96]!;
  });
  using estimator = await openFlowEstimator(size);
  return describeFlow(estimator.flow(gray, moved));
}

Deno.test("what moves by 2 px has a flow of 2 px in its direction, 0 being right and a quarter turn down", async () => {
  const right = await flowOfMoved(2, 0);
  near(right.magnitude, 2, 0.3);
  near(Math.sin(right.circularAngle), 0, 0.1);
  near(Math.cos(right.circularAngle), 1, 0.1);
  assert(right.resultant > 0.9);
  const down = await flowOfMoved(0, 2);
  near(down.circularAngle, Math.PI / 2, 0.1);
});

Deno.test("where nothing moves, direction is 0 and the resultant 1", () => {
  assert.deepEqual(describeFlow(Float32Array.of(0, 0, -0, -0, -0, 0)), {
    magnitude: 0,
    angle: 0,
    circularAngle: 0,
    resultant: 1,
  });
});

Deno.test("opposite motions cancel each other, and the arithmetic mean of their directions is between them", () => {
  const { magnitude, angle, resultant } = describeFlow(Float32Array.of(3, 0, -3, 0));
  assert.equal(magnitude, 3);
  near(angle, Math.PI / 2);
  near(resultant, 0);
});

Deno.test("frames of one pixel, one row and one color have a flow of finite numbers", async () => {
  for (const [height, width] of [[1, 1], [1, 9], [9, 1], [40, 40]] as const) {
    using estimator = await openFlowEstimator({ height, width });
    const flow = estimator.flow(
      new Uint8Array(height * width).fill(7),
      new Uint8Array(height * width).fill(90),
    );
    assert.equal(flow.length, 2 * height * width);
    assert(Object.values(describeFlow(flow)).every(Number.isFinite));
  }
});
