/**
 * Operations that treat each element alone.
 * @module
 */
import type { Shape } from "../../graph/graph.ts";
import { binary, type ComputedOp, type Kernel, type Kernels, ternary, unary } from "./kernel.ts";
import { errorFunction } from "./error_function.ts";
import { at, broadcastStrides, elementsAt, places, type Value } from "./value.ts";

/** Kernels of the operations that treat each element alone. */
export const elementwiseKernels = {
  negate: ofEach((x) => -x),
  absolute: ofEach(Math.abs),
  sign: ofEach(Math.sign),
  square_root: ofEach(Math.sqrt),
  relu: ofEach((x) => Math.max(x, 0)),
  step: ofEach((x) => x > 0 ? 1 : 0),
  exp: ofEach(Math.exp),
  tanh: ofEach(Math.tanh),
  erf: ofEach(errorFunction),
  add: ofPairs((a, b) => a + b),
  subtract: ofPairs((a, b) => a - b),
  multiply: ofPairs((a, b) => a * b),
  divide: ofPairs((a, b) => a / b),
  maximum: ofPairs(Math.max),
  minimum: ofPairs(Math.min),
  greater: ofPairs((a, b) => a > b ? 1 : 0),
  equal: ofPairs((a, b) => a === b ? 1 : 0),
  select: ternary((_, condition, whenTrue, otherwise, shape) => {
    const chosen = repeated(whenTrue, shape);
    const others = repeated(otherwise, shape);
    return repeated(condition, shape).map((flag, i) => flag !== 0 ? at(chosen, i) : at(others, i));
  }),
} satisfies Partial<Kernels>;

function ofEach<K extends ComputedOp>(compute: (x: number) => number): Kernel<K> {
  return unary((_, x) => x.data.map((element) => compute(element)));
}

function ofPairs<K extends ComputedOp>(compute: (a: number, b: number) => number): Kernel<K> {
  return binary((_, a, b, shape) => {
    const second = repeated(b, shape);
    return repeated(a, shape).map((element, i) => compute(element, at(second, i)));
  });
}

/** The elements of a tensor repeated to a wider shape. */
function repeated({ shape, data }: Value, wide: Shape): Float64Array {
  return elementsAt(data, places(wide, broadcastStrides(shape, wide)));
}
