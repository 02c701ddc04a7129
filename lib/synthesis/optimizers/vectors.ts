/**
 * Sums over lists of numbers, in order, so that they are the same on every machine.
 * @module
 */

/** Sum of products. */
export function dot(values: Float64Array, others: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]! * others[i]!;
  return sum;
}

/** Root of the mean square. */
export function rootMeanSquare(values: Float64Array): number {
  return Math.sqrt(dot(values, values) / values.length);
}
