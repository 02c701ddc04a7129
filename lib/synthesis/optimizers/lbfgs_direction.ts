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
}

/**
 * -H g in the subspace of the free values, 0 elsewhere; H is the inverse Hessian that the pairs describe there, after
 * s.y / y.y times the identity. Pairs whose curvature is not positive in the subspace are passed over, so the direction
 * always descends.
 * @param pairs oldest first
 * @param free 1 for a value that may move, else 0
 */
export function quasiNewtonDirection(
  gradient: Float64Array,
  pairs: readonly CurvaturePair[],
  free: Float64Array,
): Float64Array {
  const usable = pairs
    .map(({ step, change }) => ({ step, change, curvature: dotWithin(step, change, free) }))
    .filter(({ curvature }) => curvature > 0);

  // Stays 0 where nothing is free, so that products with it need no mask.
  const direction = new Float64Array(gradient.length);
  for (let i = 0; i < direction.length; i++) direction[i] = -gradient[i]! * free[i]!;
  const shares: number[] = [];
  for (const { step, change, curvature } of usable.toReversed()) {
    const share = dot(step, direction) / curvature;
    addWithin(direction, change, -share, free);
    shares.push(share);
  }
  const newest = usable.at(-1);
  if (newest !== undefined) {
    const scale = newest.curvature / dotWithin(newest.change, newest.change, free);
    for (let i = 0; i < direction.length; i++) direction[i] = direction[i]! * scale;
  }
  for (const { step, change, curvature } of usable) {
    addWithin(direction, step, (shares.pop() ?? 0) - dot(change, direction) / curvature, free);
  }
  return direction;
}

function dotWithin(values: Float64Array, others: Float64Array, free: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]! * others[i]! * free[i]!;
  return sum;
}

function addWithin(values: Float64Array, others: Float64Array, share: number, free: Float64Array): void {
  for (let i = 0; i < values.length; i++) values[i] = values[i]! + share * others[i]! * free[i]!;
}
