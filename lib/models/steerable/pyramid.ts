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

/** The smallest side of a level: on fewer pixels, statistics would hold where things are. */
const smallestLevelSide = 8;

/**
 * The frame [height, width, 3] as images [3, height, width] in opponent colors, from full size down, at most `most` of
 * them and fewer where a side would fall below 8 pixels; always one.
 */
export function pyramid(frame: Tensor, most: number): Tensor[] {
  const images = [opponent(frame)];
  for (
    let last = images[0];
    last !== undefined && images.length < most && canHalve(last);
    last = images.at(-1)
  ) {
    images.push(halved(last));
  }
  return images;
}

/** Images [channels, height, width] at half the size, rounded down. */
export function halved(images: Tensor): Tensor {
  const [, height = 0, width = 0] = images.shape;
  return mapped(images, halving(height), halving(width));
}

function canHalve({ shape: [, height = 0, width = 0] }: Tensor): boolean {
  return Math.floor(Math.min(height, width) / 2) >= smallestLevelSide;
}

function opponent(frame: Tensor): Tensor {
  const [height = 0, width = 0] = frame.shape;
  const planes = reshape(transpose(frame, [2, 0, 1]), [3, height * width]);
  return reshape(matmul(constant(frame.graph, opponentColors.flat(), [3, 3]), planes), [3, height, width]);
}
