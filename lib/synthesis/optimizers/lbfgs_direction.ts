/**
 * The two-loop recursion of L-BFGS (Nocedal, "Updating quasi-Newton matrices with limited storage", Mathematics of
 * Computation 35, 1980).
 * @module
 */
import { dot } from "./vectors.ts";

/** A step, and by how much it changed the gradient. */
export interface CurvaturePair {
  /** s */
  readonly step: Float64Array;
  /** y */
  readonly change: Float64Array;
  /** s.y */
  readonly curvature: number;
}

/**
 * -H g in the subspace of the free values, 0 elsewhere; H is the inverse Hessian that the pairs describe there, after
 * s.y / y.y times the identity. Pairs whose curvature is not positive in the subspace are passed over, so the direction
 * always descends.
 * @param pairs oldest first
 * @param held the values that are not free, by index
 */
export function quasiNewtonDirection(
  gradient: Float64Array,
  pairs: readonly CurvaturePair[],
  held: readonly number[],
): Float64Array {
  const usable = pairs
    .map((pair) => ({ ...pair, curvature: pair.curvature - dotAt(held, pair.step, pair.change) }))
    .filter(({ curvature }) => curvature > 0);

  // Stays 0 at held values, so that products with it are those of the free ones.
  const direction = new Float64Array(gradient.length);
  addExcept(held, direction, gradient, -1);
  const shares: number[] = [];
  for (const { step, change, curvature } of usable.toReversed()) {
    const share = dot(step, direction) / curvature;
    addExcept(held, direction, change, -share);
    shares.push(share);
  }
  const newest = usable.at(-1);
  if (newest !== undefined) {
    const scale = newest.curvature /
      (dot(newest.change, newest.change) - dotAt(held, newest.change, newest.change));
    for (let i = 0; i < direction.length; i++) direction[i] = direction[i]! * scale;
  }
  for (const { step, change, curvature } of usable) {
    addExcept(held, direction, step, (shares.pop() ?? 0) - dot(change, direction) / curvature);
  }
  return direction;
}

/** Sum of products at some indices. */
function dotAt(indices: readonly number[], values: Float64Array, others: Float64Array): number {
  let sum = 0;
  for (const i of indices) sum += values[i]! * others[i]!;
  return sum;
}

/** Adds share x others, and leaves 0 at the held values. */
function addExcept(held: readonly number[], values: Float64Array, others: Float64Array, share: number): void {
  for (let i = 0; i < values.length; i++) values[i] = values[i]! + share * others[i]!;
  for (const i of held) values[i] = 0;
}
