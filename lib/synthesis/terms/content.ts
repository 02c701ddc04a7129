/**
 * Content: what is where. Activations are compared place by place.
 * @module
 */
import { divide, meanOfAll, square, subtract, sumOfAll } from "../../graph/operations.ts";
import { wholeActivations } from "../../models/activations.ts";
import { type Comparison, sumOfSquares } from "./comparison.ts";

/**
 * With A the N x M activations (channels x positions) and A' the target's:
 * `reference` is the mean of (A - A')^2, `paper` is sum (A - A')^2 / (2 N M) (Greco & Siegel 2025).
 */
export const content: Comparison = {
  several: "separate",
  sentence: "activations place by place",
  statistic: wholeActivations,
  distance(generated, target, normalization) {
    const squares = square(subtract(generated, target));
    return normalization === "reference"
      ? meanOfAll(squares)
      : divide(sumOfAll(squares), 2 * elements(generated.shape));
  },
  energy({ shape, data }, normalization) {
    return sumOfSquares(data) / (normalization === "reference" ? 1 : 2) / elements(shape);
  },
};

function elements(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}
