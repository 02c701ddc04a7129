/**
 * Tensors in float64 and the way through their elements.
 * @module
 */
import type { Shape } from "../../graph/graph.ts";

/** A tensor, row-major. */
export interface Value {
  readonly shape: Shape;
  readonly data: Float64Array;
}

/** How far apart neighbors along each axis are in a row-major tensor. */
export function rowMajorStrides(shape: Shape): readonly number[] {
  const strides: number[] = [];
  let stride = 1;
  for (const length of shape.toReversed()) {
    strides.unshift(stride);
    stride *= length;
  }
  return strides;
}

/** Strides that read a tensor as if it were repeated to a wider shape: 0 along repeated axes. */
export function broadcastStrides(shape: Shape, wide: Shape): readonly number[] {
  const missing = wide.length - shape.length;
  const strides = rowMajorStrides(shape);
  return wide.map((_, axis) => shape[axis - missing] === 1 ? 0 : strides[axis - missing] ?? 0);
}

/** For each index of a shape in row-major order, its place in a buffer with these strides. */
export function places(shape: Shape, strides: readonly number[], start = 0): Uint32Array {
  let found = Uint32Array.of(start);
  for (const [axis, length] of shape.entries()) {
    const stride = strides[axis] ?? 0;
    const next = new Uint32Array(found.length * length);
    found.forEach((place, outer) => {
      for (let i = 0; i < length; i++) next[outer * length + i] = place + i * stride;
    });
    found = next;
  }
  return found;
}

/** The element at a place that must exist. */
export function at(data: Float64Array | Uint32Array, place: number): number {
  const element = data[place];
  if (element === undefined) throw new RangeError(`expected a place below ${data.length}, got ${place}`);
  return element;
}

/** The elements at these places, in their order. */
export function elementsAt(data: Float64Array, from: Uint32Array): Float64Array {
  return Float64Array.from(from, (place) => at(data, place));
}
