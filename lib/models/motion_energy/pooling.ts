/**
 * Local averages at half the size, as products with constant matrices: the gradient is then a product too.
 * @module
 */
import type { Tensor } from "../../graph/graph.ts";
import { constant, matmul } from "../../graph/operations.ts";
import { symmetricIndices } from "../symmetric_padding.ts";

/** The binomial filter in which pixels at even and at odd places weigh the same. */
const weights = [1 / 16, 4 / 16, 6 / 16, 4 / 16, 1 / 16];
const reach = 2;

/** Averages of images [channels, height, width] around every second pixel, from the first on: half the size, rounded up. */
export function pooled(images: Tensor): Tensor {
  const [, height = 0, width = 0] = images.shape;
  const rows = averages(height);
  const columns = averages(width);
  const narrow = matmul(images, constant(images.graph, transposed(columns), [width, columns.length]));
  return matmul(constant(images.graph, rows.flat(), [rows.length, height]), narrow);
}

/** For each average of a line of pixels the weights of all of them; the line is mirrored at its ends. */
function averages(length: number): number[][] {
  const mirrored = symmetricIndices(length, reach);
  return Array.from({ length: Math.ceil(length / 2) }, (_, i) => {
    const row = new Array<number>(length).fill(0);
    weights.forEach((weight, offset) => {
      const pixel = mirrored[2 * i + offset] ?? 0;
      row[pixel] = (row[pixel] ?? 0) + weight;
    });
    return row;
  });
}

/** The matrix turned, row-major. */
function transposed(matrix: readonly (readonly number[])[]): number[] {
  return (matrix[0] ?? []).flatMap((_, column) => matrix.map((row) => row[column] ?? 0));
}
