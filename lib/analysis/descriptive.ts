/**
 * Numbers that describe a sample.
 * @module
 */

/** What is told of a sample. */
export interface Description {
  readonly count: number;
  readonly mean: number;
  /** With n - 1 in the denominator; 0 for one value. */
  readonly sd: number;
  readonly smallest: number;
  readonly largest: number;
}

/** Describes a sample; undefined when it is empty. */
export function describeSample(values: readonly number[]): Description | undefined {
  const count = values.length;
  if (count === 0) return undefined;
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return {
    count,
    mean,
    sd: Math.sqrt(squares / Math.max(1, count - 1)),
    smallest: values.reduce((a, b) => Math.min(a, b)),
    largest: values.reduce((a, b) => Math.max(a, b)),
  };
}

/**
 * The quantile at `share` of [0, 1], linear between neighboring values (Hyndman & Fan's type 7: NumPy's and R's default).
 * Throws a RangeError for an empty sample.
 */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const position = share * (sorted.length - 1);
  const below = sorted[Math.floor(position)];
  const above = sorted[Math.ceil(position)];
  if (below === undefined || above === undefined) throw new RangeError("a quantile of no values");
  return below + (position - Math.floor(position)) * (above - below);
}

/**
 * Slope of the least-squares line through values at 0, 1, 2 ..., or at the places that are given; 0 for fewer than two places.
 */
export function slope(
  values: readonly number[],
  places: readonly number[] = values.map((_, index) => index),
): number {
  const middle = places.reduce((sum, place) => sum + place, 0) / places.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  let [products, squares] = [0, 0];
  for (const [index, value] of values.entries()) {
    const along = places[index]! - middle;
    products += along * (value - mean);
    squares += along ** 2;
  }
  return squares === 0 ? 0 : products / squares;
}
