import assert from "node:assert/strict";
import { bootstrapMean } from "../../lib/analysis/bootstrap.ts";
import { uniformValues } from "../../lib/frames/noise.ts";

const settings = { seed: 1, resamples: 10_000, confidence: 0.95 };

Deno.test("the interval of a large sample is that of the normal approximation", () => {
  const values = Array.from(uniformValues({ seed: 3, frame: 0, purpose: "generated" }, 200));
  const { mean, low = NaN, high = NaN, count } = bootstrapMean(values, settings)!;
  const half = 1.96 * Math.sqrt(1 / 12 / 200);
  assert.equal(count, 200);
  assert(Math.abs(mean - low - half) < 0.06 * half, `${mean - low} instead of ${half}`);
  assert(Math.abs(high - mean - half) < 0.06 * half, `${high - mean} instead of ${half}`);
});

Deno.test("the same seed gives the same interval, another one a slightly different one", () => {
  const values = [1, 2, 4, 7, 11];
  assert.deepEqual(bootstrapMean(values, settings), bootstrapMean(values, settings));
  const few = { ...settings, resamples: 100 };
  assert.notDeepEqual(bootstrapMean(values, few), bootstrapMean(values, { ...few, seed: 2 }));
});

Deno.test("of one value there is no interval, of none nothing; equal values have no width", () => {
  assert.deepEqual(bootstrapMean([5], settings), { count: 1, mean: 5 });
  assert.equal(bootstrapMean([], settings), undefined);
  assert.deepEqual(bootstrapMean([2, 2, 2], settings), { count: 3, mean: 2, low: 2, high: 2 });
});
