/**
 * What the oriented filters find in an image.
 * @module
 */
import type { Tensor } from "../../graph/graph.ts";
import { add, constant, conv2d, reshape, slice, square, squareRoot, sum } from "../../graph/operations.ts";
import { symmetricPadding } from "../symmetric_padding.ts";
import { type FilterBank, quadraturePairs } from "./filters.ts";

const window = { side: 7, wavelength: 4, sigma: 1.6 } as const;
const eight = quadraturePairs({ orientations: 8, ...window });
const four = quadraturePairs({ orientations: 4, ...window });

/** What brings responses to natural images to a common size: colors vary less than luminance. */
const luminanceGain = 20;
const colorGain = 40;
const secondOrderGain = 3;

/** Keeps the derivative of a magnitude finite where there is no response. */
const smallestEnergy = 1e-3;

/** What the filters find in the luminance of an image. */
export interface Responses {
  /** [2 orientations, height, width]: through the even filters, then through the odd ones. */
  readonly luminance: Tensor;
  /** [orientations, height, width]: local magnitude. */
  readonly magnitudes: Tensor;
}

/** Luminance of an image [3, height, width] through filters of so many orientations. */
export function luminanceResponses(image: Tensor, orientations: 4 | 8): Responses {
  const bank = orientations === 4 ? four : eight;
  const luminance = filtered(channelsOf(image, 0, 1), bank, luminanceGain);
  return { luminance, magnitudes: magnitudesOf(luminance) };
}

/** The two color channels of an image [3, height, width] through filters of four orientations: [16, height, width]. */
export function colorResponses(image: Tensor): Tensor {
  return filtered(channelsOf(image, 1, 3), four, colorGain);
}

/** Magnitudes of the filters' responses to four magnitudes: [16, height, width]. How edges lie to each other. */
export function secondOrder(magnitudes: Tensor): Tensor {
  const [images = 0, height = 0, width = 0] = magnitudes.shape;
  const found = filtered(magnitudes, four, secondOrderGain);
  return reshape(
    magnitudesOf(reshape(found, [images, four.kernels.length, height * width]), 1),
    [images * four.orientations, height, width],
  );
}

/** Every second one of eight orientations; four stay as they are. */
export function fourOrientations(magnitudes: Tensor): Tensor {
  const [count = 0, height = 0, width = 0] = magnitudes.shape;
  if (count === four.orientations) return magnitudes;
  const pairs = reshape(magnitudes, [count / 2, 2, height * width]);
  return reshape(slice(pairs, [0, 0, 0], [count / 2, 1, height * width]), [count / 2, height, width]);
}

/** Channels first to last - 1 of [channels, height, width]. */
function channelsOf(images: Tensor, first: number, last: number): Tensor {
  const [, height = 0, width = 0] = images.shape;
  return slice(images, [first, 0, 0], [last, height, width]);
}

/** Each of the images [count, height, width] through a bank: [count kernels, height, width]. */
function filtered(images: Tensor, { side, kernels }: FilterBank, gain: number): Tensor {
  const [count = 0, height = 0, width = 0] = images.shape;
  const weights = kernels.flatMap((kernel) => Array.from(kernel, (weight) => weight * gain));
  const stacked = constant(images.graph, weights, [kernels.length, 1, side, side]);
  const padded = symmetricPadding(reshape(images, [count, 1, height, width]), (side - 1) / 2);
  return reshape(conv2d(padded, stacked), [count * kernels.length, height, width]);
}

/** sqrt(even^2 + odd^2), with the even responses in the first half of an axis and the odd ones in the second. */
function magnitudesOf(responses: Tensor, axis = 0): Tensor {
  const { shape } = responses;
  const half = (shape[axis] ?? 0) / 2;
  const pairs = reshape(square(responses), [...shape.slice(0, axis), 2, half, ...shape.slice(axis + 1)]);
  const energy = reshape(sum(pairs, [axis]), [...shape.slice(0, axis), half, ...shape.slice(axis + 1)]);
  return squareRoot(add(energy, smallestEnergy));
}
