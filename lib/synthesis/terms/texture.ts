/**
 * Texture: what occurs together, wherever it is. Gram matrices of the activations are compared (Gatys et al. 2015).
 * @module
 */
import type { Tensor } from "../../graph/graph.ts";
import { divide, meanOfAll, square, subtract, sumOfAll } from "../../graph/operations.ts";
import type { Activations } from "../../models/activations.ts";
import type { Normalization } from "../settings.ts";
import { channelProducts } from "./channel_products.ts";
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

/** The Gram matrix [channels, channels]. */
function gram(activations: Activations, normalization: Normalization): Tensor {
  const products = channelProducts(activations);
  const [channels = 0] = products.shape;
  const [height, width] = activations.size;
  return divide(products, height * width * (normalization === "reference" ? 1 : channels));
}
