/**
 * Bilinear resizing inside a graph.
 * @module
 */
import type { Tensor } from "../graph/graph.ts";
import type { LineMap } from "../graph/line_map.ts";
import { resample } from "../graph/operations.ts";

/** Resizes a line of pixels: half-pixel centers, no antialias, edges replicated. */
export function bilinearMap(from: number, to: number): LineMap {
  const data = new Float32Array(to * from);
  for (let i = 0; i < to; i++) {
    const position = Math.min(Math.max(((i + 0.5) * from) / to - 0.5, 0), from - 1);
    const below = Math.floor(position);
    const above = Math.min(below + 1, from - 1);
    const share = position - below;
    data[i * from + below]! += 1 - share;
    data[i * from + above]! += share;
  }
  return { to, from, data };
}

/**
 * With U and V the matrices that resize lines of `from` and of `onto` pixels to `full`, V^T U: applied to a line of `from`
 * pixels it makes one whose product with a line of `onto` pixels is that of the two enlarged lines.
 */
export function enlargedOverlap(from: number, onto: number, full: number): LineMap {
  const [u, v] = [bilinearMap(from, full), bilinearMap(onto, full)];
  const data = new Float64Array(onto * from);
  for (let i = 0; i < full; i++) {
    for (let to = 0; to < onto; to++) {
      const weight = v.data[i * onto + to] ?? 0;
      if (weight === 0) continue;
      for (let j = 0; j < from; j++) data[to * from + j]! += weight * (u.data[i * from + j] ?? 0);
    }
  }
  return { to: onto, from, data: Float32Array.from(data) };
}

/** Resizes [channels, height, width] to another height and width; the same tensor when it has that size already. */
export function resizeBilinear(images: Tensor, [height, width]: readonly [number, number]): Tensor {
  const [, fromHeight = 0, fromWidth = 0] = images.shape;
  // Along the rows first: they are still few.
  const wide = fromWidth === width ? images : resample(images, 2, bilinearMap(fromWidth, width));
  return fromHeight === height ? wide : resample(wide, 1, bilinearMap(fromHeight, height));
}
