/**
 * Lists of numbers as vectors: sums in order, so that they are the same on every machine. Loops, for a function that is
 * called for each value takes several times as long, and these run at every iteration.
 * @module
 */

/** Whether no value is NaN or infinite. */
export function areFinite(values: Float32Array): boolean {
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i])) return false;
  return true;
}

/** values - others. */
export function difference(values: Float64Array, others: Float64Array): Float64Array {
  const result = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) result[i] = values[i]! - others[i]!;
  return result;
}

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
