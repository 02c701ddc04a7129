/**
 * The scales at which models of motion look at a pair of frames.
 *
 * The models see luminance with the contrast of both frames together normalized: less their common mean, divided by their
 * common standard deviation. Blurring does not change what that is, nor does a linear filter. So each frame stands here about
 * its own mean, and a model corrects what its filters make of it: then no filter has to run on the previous frame again
 * when the current one moves.
 * @module
 */
import type { Tensor } from "../graph/graph.ts";
import { add, divide, gather, mean, multiply, reshape, square, subtract, sum } from "../graph/operations.ts";
import { symmetricIndices } from "./symmetric_padding.ts";

const scaleCount = 5;
const sigma = 2;
const everywhere = [0, 1, 2, 3];

/** A pair of frames at five scales. */
export interface LuminancePyramid {
  /** The first at the frames' size, each next one at half (rounded up). */
  readonly scales: readonly ScaledPair[];
  /** Of the luminance of both frames about their common mean; 1e-12 more, so that it is never 0. [1, 1, 1, 1] */
  readonly variance: Tensor;
  /** How far the previous frame's mean lies above the common one, and the current frame's below. [1, 1, 1, 1] */
  readonly excess: Tensor;
}

/** Luminance of both frames at one scale, each less its frame's mean: images [1, 1, h, w]. */
export interface ScaledPair {
  readonly previous: Tensor;
  readonly current: Tensor;
}

/** The pyramid of two frames [height, width, 3]. */
export function luminancePyramid(previous: Tensor, current: Tensor): LuminancePyramid {
  const [before, now] = [centered(previous), centered(current)];
  const excess = divide(subtract(before.mean, now.mean), 2);
  const within = divide(add(before.variance, now.variance), 2);
  const scales = [{ previous: before.image, current: now.image }];
  for (let last = scales[0]; last !== undefined && scales.length < scaleCount; last = scales.at(-1)) {
    scales.push({ previous: halved(last.previous), current: halved(last.current) });
  }
  return { scales, variance: add(add(within, square(excess)), 1e-12), excess };
}

/** The plain sum of red, green and blue, as MSOE's authors train it, about its mean. */
function centered(frame: Tensor) {
  const [height = 0, width = 0] = frame.shape;
  const luminance = reshape(sum(frame, [2]), [1, 1, height, width]);
  const ownMean = mean(luminance, everywhere);
  const image = subtract(luminance, ownMean);
  return { image, mean: ownMean, variance: mean(square(image), everywhere) };
}

function halved(image: Tensor): Tensor {
  return halvedAlong(halvedAlong(image, 2), 3);
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
