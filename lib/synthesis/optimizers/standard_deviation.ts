/**
 * Population standard deviation in float64.
 * @module
 */

/** Of every `step`-th value from `first` on. */
export function standardDeviation(values: Float32Array, first = 0, step = 1): number {
  const count = Math.ceil((values.length - first) / step);
  let sum = 0;
  for (let i = first; i < values.length; i += step) sum += values[i]!;
  const mean = sum / count;
  let squares = 0;
  for (let i = first; i < values.length; i += step) squares += (values[i]! - mean) ** 2;
  return Math.sqrt(squares / count);
}
