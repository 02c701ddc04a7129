/**
 * Padding that mirrors an image at its edges, edge pixels included.
 * @module
 */
import type { Tensor } from "../graph/graph.ts";
import { gather } from "../graph/operations.ts";

/**
 * Which pixel of a line of `length` each pixel of the padded line is: NumPy's `symmetric`, which goes back and forth when
 * the border is longer than the line. Three pixels with a border of four: 2 2 1 0 | 0 1 2 | 2 1 0 0.
 */
export function symmetricIndices(length: number, border: number): number[] {
  return Array.from({ length: length + 2 * border }, (_, i) => {
    const place = (((i - border) % (2 * length)) + 2 * length) % (2 * length);
    return place < length ? place : 2 * length - 1 - place;
  });
}

/** Mirrors the last two axes: [..., height, width] to [..., height + 2 border, width + 2 border]. */
export function symmetricPadding(images: Tensor, border: number): Tensor {
  const rank = images.shape.length;
  const [height = 0, width = 0] = images.shape.slice(-2);
  const tall = gather(images, rank - 2, symmetricIndices(height, border));
  return gather(tall, rank - 1, symmetricIndices(width, border));
}
