/**
 * Keeping values in [0, 1].
 * @module
 */

/** Clips the values to [0, 1], in place. */
export function clipToUnit(values: Float64Array): Float64Array {
  for (let i = 0; i < values.length; i++) values[i] = Math.min(Math.max(values[i]!, 0), 1);
  return values;
}
