import assert from "node:assert/strict";
import { relativeResidual, type Shared } from "../../lib/analysis/relative_residual.ts";

const one = (...values: number[]): Shared => ({
  share: 1,
  statistic: { shape: [values.length], data: Float32Array.from(values) },
});

Deno.test("the squared distance is taken relative to the target's energy", () => {
  assert.equal(relativeResidual([one(1, 2)], [one(1, 2)]), 0);
  assert.equal(relativeResidual([one(0, 0)], [one(3, 4)]), 1);
  assert.equal(relativeResidual([one(3, 9)], [one(3, 4)]), 1);
});

Deno.test("a target of 0 gives 0 for a statistic of 0, else 1", () => {
  assert.equal(relativeResidual([one(0, 0)], [one(0, 0)]), 0);
  assert.equal(relativeResidual([one(0, 5)], [one(0, 0)]), 1);
});

Deno.test("several targets count by their shares, as the loss of content counts them", () => {
  const targets = [{ ...one(1, 0), share: 0.75 }, { ...one(0, 2), share: 0.25 }];
  // 0.75 * |(1,0) - (1,0)|^2 + 0.25 * |(1,0) - (0,2)|^2 over 0.75 * 1 + 0.25 * 4
  assert.equal(relativeResidual([one(1, 0)], targets), 1.25 / 1.75);
});

Deno.test("statistics of different sizes are a mistake of the caller", () => {
  assert.throws(() => relativeResidual([one(1)], [one(1, 2)]), /1 and 2 values/);
});
