/**
 * Operations that only move elements.
 * @module
 */
import { elementCount } from "../../graph/broadcasting.ts";
import type { Shape } from "../../graph/graph.ts";
import { type Kernels, unary } from "./kernel.ts";
import { at, broadcastStrides, elementsAt, places, rowMajorStrides, type Value } from "./value.ts";

/** Kernels of the operations that only move elements. */
export const layoutKernels = {
  reshape: unary((_, x) => x.data),
  transpose: unary(({ permutation }, x, shape) => {
    const strides = rowMajorStrides(x.shape);
    return elementsAt(x.data, places(shape, permutation.map((axis) => strides[axis] ?? 0)));
  }),
  slice: unary(({ starts }, x, shape) => {
    const strides = rowMajorStrides(x.shape);
    return elementsAt(x.data, places(shape, strides, placeOf(starts, strides)));
  }),
  pad: unary(({ before }, x, shape) => {
    const padded = new Float64Array(elementCount(shape));
    put(x, padded, rowMajorStrides(shape), before);
    return padded;
  }),
  concat: ({ axis }, inputs, shape) => {
    const joined = new Float64Array(elementCount(shape));
    let offset = 0;
    for (const x of inputs) {
      put(x, joined, rowMajorStrides(shape), shape.map((_, other) => other === axis ? offset : 0));
      offset += x.shape[axis] ?? 0;
    }
    return joined;
  },
  gather: unary(({ axis, indices }, x, shape) =>
    elementsAt(x.data, indexedPlaces(shape, x.shape, axis, indices))
  ),
  scatter_add: unary(({ axis, indices }, x, shape) => {
    const sums = new Float64Array(elementCount(shape));
    indexedPlaces(x.shape, shape, axis, indices).forEach((place, i) => {
      sums[place] = at(sums, place) + at(x.data, i);
    });
    return sums;
  }),
  broadcast: unary((_, x, shape) => elementsAt(x.data, places(shape, broadcastStrides(x.shape, shape)))),
} satisfies Partial<Kernels>;

/** Writes a tensor into a larger one, its first element at `corner`. */
function put(x: Value, into: Float64Array, strides: readonly number[], corner: readonly number[]): void {
  places(x.shape, strides, placeOf(corner, strides)).forEach((place, i) => into[place] = at(x.data, i));
}

/** For each element of a tensor of shape `short`, its place in a tensor of shape `long` that the indices point into. */
function indexedPlaces(short: Shape, long: Shape, axis: number, indices: readonly number[]): Uint32Array {
  const strides = rowMajorStrides(long);
  const starts = places(short, strides.with(axis, 0));
  const positions = places(short, short.map((_, other) => other === axis ? 1 : 0));
  return starts.map((start, i) => start + (indices[at(positions, i)] ?? NaN) * (strides[axis] ?? 0));
}

function placeOf(index: readonly number[], strides: readonly number[]): number {
  return index.reduce((place, i, axis) => place + i * (strides[axis] ?? 0), 0);
}
