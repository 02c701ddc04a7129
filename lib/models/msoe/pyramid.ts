/**
 * The scales at which MSOE looks for motion.
 * @module
 */
import type { Tensor } from "../../graph/graph.ts";
import {
  add,
  constant,
  conv2d,
  divide,
  mean,
  reshape,
  square,
  squareRoot,
  subtract,
} from "../../graph/operations.ts";
import { symmetricPadding } from "../symmetric_padding.ts";

const scales = 5;
const blur = { side: 5, sigma: 2 };

/**
 * Five scales of a pair of luminance images [1, 2, height, width], the first at full size, each next one at half (rounded
 * up), after normalizing the contrast over both images together.
 */
export function pyramid(pair: Tensor): Tensor[] {
  const made = [normalizedContrast(pair)];
  for (let last = made[0]; last !== undefined && made.length < scales; last = made.at(-1)) {
    made.push(halved(last));
  }
  return made;
}

/** (y - mean) / sqrt(variance + 1e-12) over everything; the gradient goes through mean and variance. */
function normalizedContrast(pair: Tensor): Tensor {
  const everything = [...pair.shape.keys()];
  const centered = subtract(pair, mean(pair, everything));
  const variance = mean(square(centered), everything);
  return divide(centered, squareRoot(add(variance, 1e-12)));
}

/** Blurred by a Gaussian, then every second pixel from the first on. */
function halved(pair: Tensor): Tensor {
  const [, count = 0, height = 0, width = 0] = pair.shape;
  const kernel = constant(pair.graph, gaussian(), [1, 1, blur.side, blur.side]);
  // A convolution, not a product with a matrix: equal neighborhoods give equal bits, and ties in max pooling stay ties.
  const separately = reshape(pair, [count, 1, height, width]);
  const half = conv2d(symmetricPadding(separately, (blur.side - 1) / 2), kernel, { stride: 2 });
  return reshape(half, [1, count, ...half.shape.slice(2)]);
}

/** Row-major, of sum 1. */
function gaussian(): number[] {
  const center = (blur.side - 1) / 2;
  const values = Array.from({ length: blur.side * blur.side }, (_, i) => {
    const [y, x] = [Math.floor(i / blur.side) - center, i % blur.side - center];
    return Math.exp(-(x * x + y * y) / (2 * blur.sigma * blur.sigma));
  });
  const total = values.reduce((sum, value) => sum + value, 0);
  return values.map((value) => value / total);
}
