/**
 * The frame at each level: opponent colors, each level half the size of the one before.
 * @module
 */
import type { Tensor } from "../../graph/graph.ts";
import { constant, matmul, reshape, transpose } from "../../graph/operations.ts";
import { halving, mapped } from "./line_maps.ts";

/** From RGB to luminance, red against green, blue against yellow: rows sum to 1, 0, 0. */
const opponentColors = [
  [1 / 3, 1 / 3, 1 / 3],
  [1 / 2, -1 / 2, 0],
  [-1 / 4, -1 / 4, 1 / 2],
];

/** The smallest side of a level, the second one apart: on fewer pixels, statistics would hold where things are. */
const smallestLevelSide = 12;

/**
 * The frame [height, width, 3] as images [3, height, width] in opponent colors, from full size down, at most `most` of
 * them and fewer where a side would fall below 12 pixels; always two.
 */
export function pyramid(frame: Tensor, most: number): Tensor[] {
  const finest = opponent(frame);
  const images = [finest];
  for (let next = halved(finest); images.length < most; next = halved(next)) {
    if (images.length > 1 && Math.min(...next.shape.slice(1)) < smallestLevelSide) break;
    images.push(next);
  }
  return images;
}

/** Images [channels, height, width] at half the size, rounded down. */
export function halved(images: Tensor): Tensor {
  const [, height = 0, width = 0] = images.shape;
  return mapped(images, halving(height), halving(width));
}

function opponent(frame: Tensor): Tensor {
  const [height = 0, width = 0] = frame.shape;
  const planes = reshape(transpose(frame, [2, 0, 1]), [3, height * width]);
  return reshape(matmul(constant(frame.graph, opponentColors.flat(), [3, 3]), planes), [3, height, width]);
}
