/**
 * How far a statistic is from the one that it was to match, in units of that one.
 * @module
 */
import type { TensorValue } from "../engines/engine.ts";

/** A statistic with its share among those of its side; shares of a side sum to 1. */
export interface Shared {
  readonly share: number;
  readonly statistic: TensorValue;
}

/**
 * ||G - G'||^2 / ||G'||^2. With several statistics on a side, the share-weighted mean of the distances of all pairs, over
 * the share-weighted energy of the targets. Never NaN: where the targets are 0 everywhere, it is 0 when the statistic is 0,
 * too, and else 1, the residual that a statistic of 0 has to any target. Sums in float64.
 * Throws an Error when two statistics have different sizes.
 */
export function relativeResidual(found: readonly Shared[], targets: readonly Shared[]): number {
  let [distance, energy] = [0, 0];
  for (const target of targets) {
    energy += target.share * sumOfSquares(target.statistic.data);
    for (const { share, statistic } of found) {
      distance += share * target.share * squaredDistance(statistic.data, target.statistic.data);
    }
  }
  if (distance === 0) return 0;
  return energy === 0 ? 1 : distance / energy;
}

function sumOfSquares(values: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]! ** 2;
  return sum;
}

function squaredDistance(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length) throw new Error(`statistics of ${a.length} and ${b.length} values`);
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i]! - b[i]!) ** 2;
  return sum;
}
