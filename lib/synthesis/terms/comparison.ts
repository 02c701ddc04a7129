/**
 * What every kind of loss with a target has to say about itself.
 * @module
 */
import type { TensorValue } from "../../engines/engine.ts";
import type { Tensor } from "../../graph/graph.ts";
import type { Activations } from "../../models/activations.ts";
import type { Normalization } from "../settings.ts";

/** A way to compare the activations of a layer in the generated frame with those in a target. */
export interface Comparison {
  /**
   * Several targets of a term: `mixed` compares with the share-weighted mean of their statistics, `separate` takes the
   * share-weighted sum of the distances to each.
   */
  readonly several: "mixed" | "separate";
  /** What it compares, for the methods paragraph; continues "the <term name> loss compares". */
  readonly sentence: string;
  /** What is compared. */
  statistic(activations: Activations, normalization: Normalization): Tensor;
  /** The distance between two statistics of one layer, one number of shape []. */
  distance(generated: Tensor, target: Tensor, normalization: Normalization): Tensor;
  /** The distance of a statistic to one that is zero everywhere. */
  energy(statistic: TensorValue, normalization: Normalization): number;
}

/** Sum of squares in float64. */
export function sumOfSquares(values: Float32Array): number {
  let sum = 0;
  for (const value of values) sum += value * value;
  return sum;
}
