/**
 * The scales at which models of motion look at a pair of frames.
 * @module
 */
import type { Tensor } from "../graph/graph.ts";
import {
  add,
  concat,
  divide,
  gather,
  mean,
  multiply,
  reshape,
  square,
  squareRoot,
  subtract,
  sum,
} from "../graph/operations.ts";
import { symmetricIndices } from "./symmetric_padding.ts";

const scales = 5;
const sigma = 2;

/**
 * Five scales of the luminance of two frames [height, width, 3]: images [1, 2, h, w], the previous frame first; the first
 * scale at the frames' size, each next one at half (rounded up), after normalizing the contrast over both frames together.
 */
export function luminancePyramid(previous: Tensor, current: Tensor): Tensor[] {
  const pair = concat([luminance(previous), luminance(current)], 1);
  const made = [normalizedContrast(pair)];
  for (let last = made[0]; last !== undefined && made.length < scales; last = made.at(-1)) {
    made.push(halvedAlong(halvedAlong(last, 2), 3));
  }
  return made;
}

/** [height, width, 3] to [1, 1, height, width]: the plain sum of red, green and blue, as MSOE's authors train it. */
function luminance(frame: Tensor): Tensor {
  const [height = 0, width = 0] = frame.shape;
  return reshape(sum(frame, [2]), [1, 1, height, width]);
}

/** (y - mean) / sqrt(variance + 1e-12) over everything; the gradient goes through mean and variance. */
function normalizedContrast(pair: Tensor): Tensor {
  const everything = [...pair.shape.keys()];
  const centered = subtract(pair, mean(pair, everything));
  const variance = mean(square(centered), everything);
  return divide(centered, squareRoot(add(variance, 1e-12)));
}

/**
 * Blurred along one axis by five pixels of a Gaussian, of which every second is computed, from the first on. The 5x5
 * Gaussian is this along both axes. Element by element, because ONNX Runtime's convolution of a single channel gives
 * unequal bits for equal neighborhoods, and then max pooling no longer sees that flat regions tie.
 */
function halvedAlong(images: Tensor, axis: number): Tensor {
  const mirrored = symmetricIndices(images.shape[axis] ?? 0, 2);
  const pixel = (offset: number) =>
    gather(images, axis, mirrored.slice(offset, mirrored.length - 4 + offset).filter((_, i) => i % 2 === 0));
  const weight = (distance: number) => Math.exp(-distance * distance / (2 * sigma * sigma));
  const [outer, inner, center] = [weight(2), weight(1), weight(0)] as const;
  const total = 2 * outer + 2 * inner + center;
  return add(
    add(
      multiply(add(pixel(0), pixel(4)), outer / total),
      multiply(add(pixel(1), pixel(3)), inner / total),
    ),
    multiply(pixel(2), center / total),
  );
}
