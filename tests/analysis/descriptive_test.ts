import assert from "node:assert/strict";
import { describeSample, quantile, slope } from "../../lib/analysis/descriptive.ts";

Deno.test("quantile() is linear between the sorted values, as NumPy's", () => {
  assert.equal(quantile([4, 1, 3, 2], 0), 1);
  assert.equal(quantile([4, 1, 3, 2], 1), 4);
  assert.equal(quantile([4, 1, 3, 2], 0.5), 2.5);
  assert(Math.abs(quantile([4, 1, 3, 2], 0.05) - 1.15) < 1e-12);
  assert.equal(quantile([7], 0.3), 7);
  assert.throws(() => quantile([], 0.5), RangeError);
});

Deno.test("describeSample() gives mean and sample standard deviation, and is defined for one value", () => {
  assert.deepEqual(describeSample([1, 2, 3, 4]), {
    count: 4,
    mean: 2.5,
    sd: Math.sqrt(5 / 3),
    smallest: 1,
    largest: 4,
  });
  assert.deepEqual(describeSample([2]), { count: 1, mean: 2, sd: 0, smallest: 2, largest: 2 });
  assert.equal(describeSample([]), undefined);
});

Deno.test("slope() is that of the least-squares line, and 0 for a single value", () => {
  assert(Math.abs(slope([1, 1.5, 2, 2.5]) - 0.5) < 1e-12);
  assert(Math.abs(slope([0, 1, 0]) - 0) < 1e-12);
  assert(Math.abs(slope([0, 0, 3]) - 1.5) < 1e-12);
  assert.equal(slope([5]), 0);
});
