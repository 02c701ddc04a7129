/**
 * Products of channels summed over positions: what Gram matrices are made of.
 * @module
 */
import type { Tensor } from "../../graph/graph.ts";
import { stackedMaps } from "../../graph/line_map.ts";
import { concat, matmul, resample, reshape, slice, transpose } from "../../graph/operations.ts";
import type { Activations } from "../../models/activations.ts";
import { enlargedOverlap } from "../../models/bilinear_enlargement.ts";

/** A A^T of the whole activations A, channels x positions: of parts whose channels are mixed, M (A A^T) M^T. */
export function channelProducts(activations: Activations): Tensor {
  const products = partProducts(activations);
  const { mixing, parts } = activations;
  if (mixing === undefined) return products;
  const [channels = 0, sources = 0] = mixing.shape;
  const [all, each] = [parts.length * channels, parts.length];
  const rows = matmul(mixing, reshape(products, [each, sources, each * sources]));
  const both = matmul(reshape(rows, [all, each, sources]), transpose(mixing, [1, 0]));
  return reshape(both, [all, all]);
}

/**
 * A A^T from parts that are never enlarged, nor mixed. With F_s a part and U_s its enlargement, the block of parts s and t is
 * F_s U_s^T U_t F_t^T. U_s^T U_t acts on rows and columns apart and brings one part onto the grid of the other, where the
 * product is made: of two parts the later, which should be the coarser.
 */
function partProducts({ size, parts: [first, ...others] }: Activations): Tensor {
  const [own, ...across] = blocks(first, [first, ...others], size);
  const [second, ...more] = others;
  if (second === undefined) return own;
  const beside = concat(across, 1);
  const rest = partProducts({ size, parts: [second, ...more] });
  return concat([concat([own, beside], 1), concat([transpose(beside, [1, 0]), rest], 1)], 0);
}

/** The blocks of a part with itself and with others. */
function blocks(
  part: Tensor,
  [itself, ...others]: Activations["parts"],
  size: Activations["size"],
): readonly [Tensor, ...Tensor[]] {
  const [fullHeight, fullWidth] = size;
  const [channels = 0, height = 0, width = 0] = part.shape;
  const isFull = ({ shape }: Tensor) => shape[1] === fullHeight && shape[2] === fullWidth;
  const isHere = (grid: Tensor) => isFull(part) && isFull(grid);

  // All rows at once, so that a large part is read once.
  const heights = [itself, ...others].flatMap((grid) => isHere(grid) ? [] : grid.shape[1] ?? 0);
  const rows = heights.length === 0
    ? part
    : resample(part, 1, stackedMaps(heights.map((onto) => enlargedOverlap(height, onto, fullHeight))));
  let start = 0;
  const block = (grid: Tensor): Tensor => {
    if (isHere(grid)) return products(part, grid);
    const [, gridHeight = 0, gridWidth = 0] = grid.shape;
    const end = start + gridHeight;
    const ownRows = slice(rows, [0, start, 0], [channels, end, width]);
    start = end;
    return products(resample(ownRows, 2, enlargedOverlap(width, gridWidth, fullWidth)), grid);
  };
  return [block(itself), ...others.map(block)];
}

/** Of images [channels, height, width] of one size, summed over positions: [channels of a, channels of b]. */
function products(a: Tensor, b: Tensor): Tensor {
  const left = asMatrix(a);
  return matmul(left, transpose(a.id === b.id ? left : asMatrix(b), [1, 0]));
}

function asMatrix(images: Tensor): Tensor {
  const [channels = 0, height = 0, width = 0] = images.shape;
  return reshape(images, [channels, height * width]);
}
