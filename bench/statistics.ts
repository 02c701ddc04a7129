/**
 * What is said of measurements.
 * @module
 */

/** The middle one in order of size; of an even number the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const ordered = values.toSorted((one, other) => one - other);
  const [low = NaN, high = NaN] = [ordered[Math.ceil(ordered.length / 2) - 1], ordered[ordered.length >> 1]];
  return (low + high) / 2;
}

/** The exponent of the power law y = a x^exponent that fits best in logarithms. Needs two different x. */
export function powerLawExponent(points: readonly { readonly x: number; readonly y: number }[]): number {
  const logarithms = points.map(({ x, y }) => ({ x: Math.log(x), y: Math.log(y) }));
  const mean = (axis: "x" | "y") => logarithms.reduce((sum, point) => sum + point[axis], 0) / points.length;
  const [x, y] = [mean("x"), mean("y")];
  const covariance = logarithms.reduce((sum, point) => sum + (point.x - x) * (point.y - y), 0);
  const variance = logarithms.reduce((sum, point) => sum + (point.x - x) ** 2, 0);
  return covariance / variance;
}
