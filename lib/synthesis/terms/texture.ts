/**
 * Texture: what occurs together, wherever it is. Gram matrices of the activations are compared (Gatys et al. 2015).
 * @module
 */
import type { Tensor } from "../../graph/graph.ts";
import {
  divide,
  matmul,
  meanOfAll,
  reshape,
  square,
  subtract,
  sumOfAll,
  transpose,
} from "../../graph/operations.ts";
import type { Normalization } from "../settings.ts";
import { type Comparison, sumOfSquares } from "./comparison.ts";

/**
 * With A the N x M activations (channels x positions): `reference` is G = A A^T / M and the mean over its N^2 entries
 * of (G - G')^2, `paper` is G = A A^T / (N M) and the sum of (G - G')^2.
 */
export const texture: Comparison = {
  several: "mixed",
  sentence: "Gram matrices of activations",
  statistic: gram,
  distance(generated, target, normalization) {
    const squares = square(subtract(generated, target));
    return normalization === "reference" ? meanOfAll(squares) : sumOfAll(squares);
  },
  energy({ data }, normalization) {
    return sumOfSquares(data) / (normalization === "reference" ? data.length : 1);
  },
};

/** The Gram matrix [channels, channels] of activations [channels, height, width]. */
function gram(activations: Tensor, normalization: Normalization): Tensor {
  const [channels = 0, height = 0, width = 0] = activations.shape;
  const matrix = reshape(activations, [channels, height * width]);
  const products = matmul(matrix, transpose(matrix, [1, 0]));
  return divide(products, height * width * (normalization === "reference" ? 1 : channels));
}
