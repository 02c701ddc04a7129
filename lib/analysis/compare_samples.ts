/**
 * How two series of numbers compare.
 * @module
 */
import { positiveAngle, turn } from "./circular.ts";

/**
 * Pearson's correlation of the values that stand at the same place, as far as both series go, -1 to 1. Undefined for fewer than
 * three pairs, and where one of the two does not change.
 */
export function correlation(one: readonly number[], other: readonly number[]): number | undefined {
  const count = Math.min(one.length, other.length);
  const [a, b] = [one.slice(0, count), other.slice(0, count)];
  if (count < 3 || isConstant(a) || isConstant(b)) return undefined;
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / count;
  const [meanA, meanB] = [mean(a), mean(b)];
  let [products, squaresA, squaresB] = [0, 0, 0];
  for (let i = 0; i < count; i++) {
    const [x, y] = [a[i]! - meanA, b[i]! - meanB];
    products += x * y;
    squaresA += x * x;
    squaresB += y * y;
  }
  return products / Math.sqrt(squaresA * squaresB);
}

/** Equal but for rounding. */
function isConstant(values: readonly number[]): boolean {
  const [smallest, largest] = [Math.min(...values), Math.max(...values)];
  return largest - smallest <= 1e-12 * Math.max(Math.abs(smallest), Math.abs(largest));
}

/**
 * The one-dimensional Earth mover's distance (Wasserstein 1) between two samples, in their unit: how far values must be moved on
 * average to make one sample of the other; the area between the two distribution functions. Throws a RangeError for an empty sample.
 */
export function earthMoversDistance(one: readonly number[], other: readonly number[]): number {
  return stepsBetween(one, other).reduce((sum, { width, height }) => sum + width * Math.abs(height), 0);
}

/**
 * The same for directions in radians, moved around the circle the shorter way: the area between the distribution functions once
 * their median difference is taken away (Rabin, Delon & Gousseau 2011). Throws a RangeError for an empty sample.
 */
export function circularEarthMoversDistance(one: readonly number[], other: readonly number[]): number {
  const inside = stepsBetween(one.map(positiveAngle), other.map(positiveAngle));
  const covered = inside.reduce((sum, { width }) => sum + width, 0);
  // Before the first and after the last value the two distribution functions are equal.
  const steps = [...inside, { width: turn - covered, height: 0 }].sort((a, b) => a.height - b.height);
  let left = turn / 2;
  const median = steps.find(({ width }) => (left -= width) <= 0)?.height ?? 0;
  return steps.reduce((sum, { width, height }) => sum + width * Math.abs(height - median), 0);
}

/** The difference of the two distribution functions, between each value and the next. */
function stepsBetween(one: readonly number[], other: readonly number[]) {
  if (one.length === 0 || other.length === 0) throw new RangeError("the distance to a sample of no values");
  const jumps = [
    ...one.map((value) => ({ value, jump: 1 / one.length })),
    ...other.map((value) => ({ value, jump: -1 / other.length })),
  ].sort((a, b) => a.value - b.value);
  let height = 0;
  return jumps.slice(0, -1).map(({ value, jump }, i) => {
    height += jump;
    return { width: jumps[i + 1]!.value - value, height };
  });
}
