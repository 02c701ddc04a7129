/**
 * Bilinear resizing inside a graph, as products with constant matrices: its gradient is then a product too.
 * @module
 */
import type { Tensor } from "../graph/graph.ts";
import { constant, matmul } from "../graph/operations.ts";

/** The matrix [to, from] that resizes a line of pixels: half-pixel centers, no antialias, edges replicated. */
export function bilinearMatrix(from: number, to: number): Float32Array {
  const matrix = new Float32Array(to * from);
  for (let i = 0; i < to; i++) {
    const position = Math.min(Math.max(((i + 0.5) * from) / to - 0.5, 0), from - 1);
    const below = Math.floor(position);
    const above = Math.min(below + 1, from - 1);
    const share = position - below;
    matrix[i * from + below]! += 1 - share;
    matrix[i * from + above]! += share;
  }
  return matrix;
}

/** Resizes [channels, height, width] to another height and width; the same tensor when it has that size already. */
export function resizeBilinear(images: Tensor, [height, width]: readonly [number, number]): Tensor {
  const [, fromHeight = 0, fromWidth = 0] = images.shape;
  let resized = images;
  if (fromWidth !== width) {
    // [from, to], so that it multiplies from the right. Rows are still few here.
    resized = matmul(
      resized,
      constant(images.graph, transposed(bilinearMatrix(fromWidth, width), fromWidth), [
        fromWidth,
        width,
      ]),
    );
  }
  if (fromHeight !== height) {
    resized = matmul(
      constant(images.graph, bilinearMatrix(fromHeight, height), [height, fromHeight]),
      resized,
    );
  }
  return resized;
}

function transposed(matrix: Float32Array, columns: number): Float32Array {
  const rows = matrix.length / columns;
  return Float32Array.from(matrix, (_, i) => matrix[(i % rows) * columns + Math.floor(i / rows)] ?? 0);
}
