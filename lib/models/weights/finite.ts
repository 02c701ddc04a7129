/**
 * Weights are numbers: one that is not makes every pixel of a result NaN.
 * @module
 */
import { RunError } from "../../errors.ts";

/** Throws a RunError when one of the values is NaN or infinite. */
export function requireFinite(values: Float32Array, what: string): void {
  const index = values.findIndex((value) => !Number.isFinite(value));
  if (index >= 0) throw new RunError(`${what} has the value ${values[index]} (number ${index})`);
}
