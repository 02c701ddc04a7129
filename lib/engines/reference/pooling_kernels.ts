/**
 * Max pooling and its gradient. Of equal elements in a window the first in row-major order counts.
 * @module
 */
import { elementCount } from "../../graph/broadcasting.ts";
import type { Shape } from "../../graph/graph.ts";
import type { Window } from "../../graph/ops.ts";
import { binary, type Kernels, unary } from "./kernel.ts";
import { at, elementsAt, type Value } from "./value.ts";

/** Kernels of max pooling and its gradient. */
export const poolingKernels = {
  max_pool2d: unary((window, x, shape) => elementsAt(x.data, firstMaxima(window, x, shape))),
  max_pool2d_gradient: binary((window, x, gradient, shape) => {
    const sums = new Float64Array(elementCount(shape));
    firstMaxima(window, x, gradient.shape).forEach((place, i) => {
      sums[place] = at(sums, place) + at(gradient.data, i);
    });
    return sums;
  }),
} satisfies Partial<Kernels>;

/** For each place of the window, the place of its first maximum in the images. */
function firstMaxima(
  { size, stride, pad: [top, left] }: Window,
  { shape: [, , height = 0, width = 0], data }: Value,
  [batch = 0, channels = 0, down = 0, across = 0]: Shape,
): Uint32Array {
  const maxima = new Uint32Array(batch * channels * down * across);
  let found = 0;
  for (let image = 0; image < batch * channels; image++) {
    for (let y = 0; y < down; y++) {
      for (let x = 0; x < across; x++) {
        const firstRow = Math.max(0, y * stride[0] - top);
        const firstColumn = Math.max(0, x * stride[1] - left);
        const endRow = Math.min(height, y * stride[0] - top + size[0]);
        const endColumn = Math.min(width, x * stride[1] - left + size[1]);
        let best = (image * height + firstRow) * width + firstColumn;
        for (let row = firstRow; row < endRow; row++) {
          for (let column = firstColumn; column < endColumn; column++) {
            const place = (image * height + row) * width + column;
            if (at(data, place) > at(data, best)) best = place;
          }
        }
        maxima[found++] = best;
      }
    }
  }
  return maxima;
}
