/**
 * What computes one operation, and the forms that most of them have.
 * @module
 */
import type { Shape } from "../../graph/graph.ts";
import type { Op, OpAttributes } from "../../graph/ops.ts";
import type { Value } from "./value.ts";

/** Operations that are computed: all but those whose value is given at run time. */
export type ComputedOp = Exclude<Op, "input">;

/** Computes the elements of the result, row-major. */
export type Kernel<K extends ComputedOp> = (
  attributes: OpAttributes[K],
  inputs: readonly Value[],
  shape: Shape,
) => Float64Array;

/** Kernels by operation. */
export type Kernels = { readonly [K in ComputedOp]: Kernel<K> };

/** A kernel of one input. */
export function unary<K extends ComputedOp>(
  compute: (attributes: OpAttributes[K], x: Value, shape: Shape) => Float64Array,
): Kernel<K> {
  return (attributes, [x], shape) => compute(attributes, present(x), shape);
}

/** A kernel of two inputs. */
export function binary<K extends ComputedOp>(
  compute: (attributes: OpAttributes[K], a: Value, b: Value, shape: Shape) => Float64Array,
): Kernel<K> {
  return (attributes, [a, b], shape) => compute(attributes, present(a), present(b), shape);
}

/** A kernel of three inputs. */
export function ternary<K extends ComputedOp>(
  compute: (attributes: OpAttributes[K], a: Value, b: Value, c: Value, shape: Shape) => Float64Array,
): Kernel<K> {
  return (attributes, [a, b, c], shape) => compute(attributes, present(a), present(b), present(c), shape);
}

function present(value: Value | undefined): Value {
  if (!value) throw new Error("kernel: expected one more input, as the shape rules ensure");
  return value;
}
