/**
 * Shapes made by operations that only move elements. Each returns what it expected when the input does not fit.
 * @module
 */
import { sameShape, shapeText } from "./broadcasting.ts";
import type { Shape } from "./graph.ts";
import type { LineMap } from "./line_map.ts";

/** The shape of `transpose`, or what it expected. */
export function transposeShape(permutation: readonly number[], x: Shape): Shape | string {
  const inOrder = [...permutation].sort((a, b) => a - b);
  if (!sameShape(inOrder, [...x.keys()])) {
    return `an axis for each entry of the permutation ${shapeText(permutation)}`;
  }
  return permutation.map((axis) => x[axis] ?? 0);
}

/** The shape of `slice`, or what it expected. */
export function sliceShape(starts: readonly number[], ends: readonly number[], x: Shape): Shape | string {
  const expectation = `a shape that holds the elements ${shapeText(starts)} up to ${shapeText(ends)}`;
  if (starts.length !== x.length || ends.length !== x.length) return expectation;
  const lengths: number[] = [];
  for (const [axis, length] of x.entries()) {
    const [start, end] = [starts[axis] ?? 0, ends[axis] ?? 0];
    if (start < 0 || end <= start || end > length) return expectation;
    lengths.push(end - start);
  }
  return lengths;
}

/** The shape of `pad`, or what it expected. */
export function padShape(before: readonly number[], after: readonly number[], x: Shape): Shape | string {
  const counts = [...before, ...after];
  if (before.length !== x.length || after.length !== x.length || counts.some((count) => count < 0)) {
    return `counts of zeros from 0 for each axis, not ${shapeText(before)} and ${shapeText(after)}`;
  }
  return x.map((length, axis) => (before[axis] ?? 0) + length + (after[axis] ?? 0));
}

/** The shape of `concat`, or what it expected. */
export function concatShape(axis: number, inputs: readonly Shape[]): Shape | string {
  const [first] = inputs;
  if (first?.[axis] === undefined) return `at least one input with an axis ${axis}`;
  const others = withoutAxis(first, axis);
  const fits = inputs.every((x) => x.length === first.length && sameShape(withoutAxis(x, axis), others));
  if (!fits) return `inputs that differ along axis ${axis} only`;
  return first.with(axis, inputs.reduce((total, x) => total + (x[axis] ?? 0), 0));
}

/** The shape of `gather`, or what it expected. */
export function gatherShape(axis: number, indices: readonly number[], x: Shape): Shape | string {
  const length = x[axis];
  if (length === undefined) return `an axis ${axis}`;
  const outside = firstOutside(indices, length);
  if (outside !== undefined) return `more than ${outside} elements along axis ${axis}`;
  return x.with(axis, indices.length);
}

/** The shape of `resample`, or what it expected. */
export function resampledShape(axis: number, { to, from, data }: LineMap, x: Shape): Shape | string {
  if (data.length !== to * from) return `a matrix of ${to * from} elements, not ${data.length}`;
  if (x[axis] !== from) return `${from} elements along axis ${axis}, one for each column of the matrix`;
  return x.with(axis, to);
}

/** The shape of `scatter_add`, or what it expected. */
export function scatterAddShape(
  axis: number,
  indices: readonly number[],
  length: number,
  x: Shape,
): Shape | string {
  if (x[axis] !== indices.length) return `${indices.length} elements along axis ${axis}, one for each index`;
  const outside = firstOutside(indices, length);
  if (outside !== undefined) return `indices below ${length}, not ${outside}`;
  return x.with(axis, length);
}

function withoutAxis(shape: Shape, axis: number): Shape {
  return shape.toSpliced(axis, 1);
}

function firstOutside(indices: readonly number[], length: number): number | undefined {
  return indices.find((index) => !Number.isInteger(index) || index < 0 || index >= length);
}
