/**
 * Golden arrays and how far others are from them.
 * @module
 */
import assert from "node:assert/strict";
import { decodeNpz, npzArray, type NpzArrays } from "../lib/formats/npz.ts";
import { sharedPath } from "./shared_data.ts";

/** The golden file of that name, such as `two_stream.npz`; a test without it must be ignored. */
export function readGolden(name: string): NpzArrays {
  const path = sharedPath(`golden/${name}`);
  assert.ok(path !== undefined, `golden/${name} is not on this machine`);
  return decodeNpz(Deno.readFileSync(path), name);
}

/** A golden array of float32. */
export function goldenFloats(
  arrays: NpzArrays,
  name: string,
): { shape: readonly number[]; data: Float32Array } {
  const { shape, data } = npzArray(arrays, name, "golden data");
  assert.ok(data instanceof Float32Array, `${name} is not float32`);
  return { shape, data };
}

interface Numbers {
  readonly shape: readonly number[];
  readonly data: Float32Array | Float64Array;
}

/** Largest difference / largest magnitude of what is expected. Throws when the shapes differ. */
export function maxNormError(found: Numbers, expected: Numbers): number {
  assert.deepEqual([...found.shape], [...expected.shape]);
  let [difference, magnitude] = [0, 0];
  expected.data.forEach((value, i) => {
    // NaN must not be lost in a comparison.
    difference = Math.max(difference, Math.abs((found.data[i] ?? NaN) - value));
    magnitude = Math.max(magnitude, Math.abs(value));
  });
  return difference / magnitude;
}

/** Asserts that the error in the max norm is a number below the tolerance. */
export function assertClose(found: Numbers, expected: Numbers, tolerance: number, what: string): void {
  const error = maxNormError(found, expected);
  assert.ok(error <= tolerance, `${what}: error ${error.toExponential(2)}, tolerance ${tolerance}`);
}
