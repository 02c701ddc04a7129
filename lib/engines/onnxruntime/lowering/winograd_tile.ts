/**
 * Where Winograd's algorithm pays, and with which tiles.
 * @module
 */
import type { Shape } from "../../../graph/graph.ts";
import type { OpAttributes } from "../../../graph/ops.ts";
import type { TileSize } from "../winograd_matrices.ts";
import { isPlainConvolution } from "./plain_convolution.ts";

/**
 * Pixels of an image from which on larger tiles pay: they need fewer multiplications and more weights (the table of
 * docs/design/speed.md).
 */
const [large, small] = [3000, 300] as const;

/**
 * The tiles for a convolution of images [1, inputs, height, width] with a constant kernel [outputs, inputs, 3, 3]; undefined
 * where the direct form is as fast, or the algorithm does not apply.
 */
export function winogradTile(
  images: Shape,
  kernel: Shape,
  attributes: OpAttributes["conv2d"],
): TileSize | undefined {
  const [outputs = 0, inputs = 0, kernelHeight, kernelWidth] = kernel;
  const applies = images[0] === 1 && kernelHeight === 3 && kernelWidth === 3 &&
    attributes.stride.every((length) => length === 1) && isPlainConvolution(attributes);
  if (!applies || inputs < 64 || outputs < 64 || inputs * outputs <= 64 * 64) return undefined;
  const [, , height = 0, width = 0] = images;
  const pixels = height * width;
  return pixels >= large ? 5 : pixels >= small ? 4 : 2;
}
