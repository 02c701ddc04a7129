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
  const within = (values: Float64Array) => values.map((value, i) => value * free[i]!);
  const usable = pairs
    .map(({ step, change }) => ({ step: within(step), change: within(change) }))
    .map((pair) => ({ ...pair, curvature: dot(pair.step, pair.change) }))
    .filter(({ curvature }) => curvature > 0);

  const direction = within(gradient);
  const shares: number[] = [];
  for (const { step, change, curvature } of usable.toReversed()) {
    const share = dot(step, direction) / curvature;
    addTo(direction, change, -share);
    shares.push(share);
  }
  const newest = usable.at(-1);
  const scale = newest === undefined ? 1 : newest.curvature / dot(newest.change, newest.change);
  for (let i = 0; i < direction.length; i++) direction[i] = direction[i]! * scale;
  for (const { step, change, curvature } of usable) {
    addTo(direction, step, (shares.pop() ?? 0) - dot(change, direction) / curvature);
  }
  return direction.map((value) => -value);
}

function addTo(values: Float64Array, others: Float64Array, share: number): void {
  for (let i = 0; i < values.length; i++) values[i] = values[i]! + share * others[i]!;
}
