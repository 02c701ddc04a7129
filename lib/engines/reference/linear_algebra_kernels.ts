/**
 * Sums and products of matrices.
 * @module
 */
import { binary, type Kernels, unary } from "./kernel.ts";
import { at, broadcastStrides, places, type Value } from "./value.ts";
import { elementCount } from "../../graph/broadcasting.ts";
import type { Shape } from "../../graph/graph.ts";

/** Kernels of sums and products of matrices. */
export const linearAlgebraKernels = {
  sum: unary((_, x, shape) => {
    const sums = new Float64Array(elementCount(shape));
    places(x.shape, broadcastStrides(shape, x.shape)).forEach((place, i) => {
      sums[place] = at(sums, place) + at(x.data, i);
    });
    return sums;
  }),
  matmul: binary((_, a, b, shape) => products(a, b, shape)),
  resample: unary(({ axis, matrix }, x, shape) => {
    const after = elementCount(shape.slice(axis + 1));
    const before = elementCount(shape.slice(0, axis));
    const made = new Float64Array(elementCount(shape));
    matrix.data.forEach((weight, entry) => {
      // Most entries of a matrix that resizes or blurs.
      if (weight === 0) return;
      const [i, j] = [Math.floor(entry / matrix.from), entry % matrix.from];
      for (let line = 0; line < before; line++) {
        const [to, from] = [(line * matrix.to + i) * after, (line * matrix.from + j) * after];
        for (let k = 0; k < after; k++) made[to + k] = at(made, to + k) + weight * at(x.data, from + k);
      }
    });
    return made;
  }),
} satisfies Partial<Kernels>;

function products(a: Value, b: Value, shape: Shape): Float64Array {
  const batch = shape.slice(0, -2);
  const [rows = 0, columns = 0] = shape.slice(-2);
  const inner = a.shape.at(-1) ?? 0;
  const starts = (x: Value, size: number): Uint32Array =>
    places(batch, broadcastStrides(x.shape.slice(0, -2), batch).map((stride) => stride * size));
  const startsOfB = starts(b, inner * columns);
  const product = new Float64Array(elementCount(shape));
  starts(a, rows * inner).forEach((startOfA, matrix) => {
    const startOfB = at(startsOfB, matrix);
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        let sum = 0;
        for (let i = 0; i < inner; i++) {
          sum += at(a.data, startOfA + row * inner + i) * at(b.data, startOfB + i * columns + column);
        }
        product[(matrix * rows + row) * columns + column] = sum;
      }
    }
  });
  return product;
}
