/**
 * How the shapes of two operands become one, by NumPy's rule: aligned at the last axis, length 1 is repeated.
 * @module
 */
import type { Shape } from "./graph.ts";

/** Number of elements of a tensor of this shape. */
export function elementCount(shape: Shape): number {
  return shape.reduce((product, length) => product * length, 1);
}

/** True when both shapes have the same axes. */
export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((length, axis) => length === b[axis]);
}

/** The shape as messages and listings show it: `[2, 3]`. */
export function shapeText(shape: Shape): string {
  return `[${shape.join(", ")}]`;
}

/** The common shape of operands, or undefined where two lengths differ and neither is 1. */
export function broadcastShapes(...shapes: readonly Shape[]): Shape | undefined {
  const rank = Math.max(...shapes.map((shape) => shape.length));
  const lengths: number[] = [];
  for (let axis = 0; axis < rank; axis++) {
    let common = 1;
    for (const shape of shapes) {
      const length = shape[axis - rank + shape.length] ?? 1;
      if (length !== 1 && common !== 1 && length !== common) return undefined;
      if (length !== 1) common = length;
    }
    lengths.push(common);
  }
  return lengths;
}

/** Axes of `to` along which a tensor of shape `from` is repeated to fill it, those that `from` lacks included. */
export function repeatedAxes(from: Shape, to: Shape): readonly number[] {
  const missing = to.length - from.length;
  return [...to.keys()].filter((axis) => axis < missing || (from[axis - missing] === 1 && to[axis] !== 1));
}
