import assert from "node:assert/strict";
import fc from "fast-check";
import { circularCorrelation, meanDirection, turnBetween } from "../../lib/analysis/circular.ts";
import {
  circularEarthMoversDistance,
  correlation,
  earthMoversDistance,
} from "../../lib/analysis/compare_samples.ts";

const near = (found: number | undefined, expected: number, what?: string) =>
  assert(Math.abs((found ?? NaN) - expected) < 1e-9, what ?? `${found} instead of ${expected}`);

const finite = fc.double({ min: -100, max: 100, noNaN: true });
const sample = fc.array(finite, { minLength: 1, maxLength: 12 });

Deno.test("correlation is 1 for the same course in another unit, -1 for the opposite one", () => {
  const course = [1, 4, 2, 8, 5];
  near(correlation(course, course.map((value) => 3 * value + 7)), 1);
  near(correlation(course, course.map((value) => -value)), -1);
  near(correlation([1, 2, 3, 4], [1, 3, 2, 4]), 0.8);
});

Deno.test("of few values, and of what does not change, there is no correlation", () => {
  assert.equal(correlation([1, 2], [2, 1]), undefined);
  assert.equal(correlation([0.1, 0.1, 0.1, 0.1], [1, 2, 3, 4]), undefined);
  assert.equal(correlation([1, 2, 3, 4], [0.1 + 0.2, 0.3, 0.3, 0.3]), undefined, "equal but for rounding");
  assert.equal(correlation([1, 2, 3], [2, 1]), undefined, "two pairs");
});

Deno.test("the Earth mover's distance of a sample moved by d is d, and of another order 0", () => {
  fc.assert(
    fc.property(sample, fc.double({ min: -5, max: 5, noNaN: true }), (values, moved) => {
      near(earthMoversDistance(values, values.map((value) => value + moved)), Math.abs(moved));
      near(earthMoversDistance(values, values.toReversed()), 0);
    }),
    { seed: 1 },
  );
});

Deno.test("the Earth mover's distance of samples of one length is the mean difference of their sorted values", () => {
  const pair = fc.integer({ min: 1, max: 9 }).chain((count) => {
    const values = fc.array(finite, { minLength: count, maxLength: count });
    return fc.tuple(values, values);
  });
  fc.assert(
    fc.property(pair, ([one, other]) => {
      const sorted = [one, other].map((values) => values.toSorted((a, b) => a - b));
      const mean = sorted[0]!.reduce((sum, value, i) => sum + Math.abs(value - sorted[1]![i]!), 0) /
        one.length;
      near(earthMoversDistance(one, other), mean);
    }),
    { seed: 1 },
  );
  near(earthMoversDistance([0, 1], [0, 0, 1, 4]), 0.75, "samples of different lengths");
});

Deno.test("directions move around the circle the shorter way, wherever it is cut open", () => {
  near(circularEarthMoversDistance([0.1], [2 * Math.PI - 0.1]), 0.2);
  const angle = fc.double({ min: 0, max: 6.28, noNaN: true });
  const angles = fc.array(angle, { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(angles, angles, angle, (one, other, turned) => {
      const turn = (values: readonly number[]) => values.map((value) => value + turned);
      const distance = circularEarthMoversDistance(one, other);
      near(circularEarthMoversDistance(turn(one), turn(other)), distance);
      assert(distance <= earthMoversDistance(one, other) + 1e-9);
      assert(distance <= Math.PI + 1e-9);
    }),
    { seed: 1 },
  );
});

Deno.test("the mean of directions around 0 is 0, and of opposite ones nothing is left", () => {
  const { angle, resultant } = meanDirection([0.2, 2 * Math.PI - 0.2]);
  near(turnBetween(0, angle), 0);
  near(resultant, Math.cos(0.2));
  near(meanDirection([0, Math.PI]).resultant, 0);
  near(turnBetween(0.1, 2 * Math.PI - 0.1), -0.2);
  near(turnBetween(0, Math.PI), Math.PI);
});

Deno.test("directions that turn together correlate, and across the cut as well", () => {
  const course = [0.1, 0.4, 6.1, 0.3, 6.2];
  near(circularCorrelation(course, course.map((angle) => angle + 3)), 1);
  near(circularCorrelation(course, course.map((angle) => -angle)), -1);
  assert.equal(circularCorrelation(course, [1, 1, 1, 1, 1]), undefined);
});
