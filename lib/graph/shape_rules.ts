/**
 * The shape that each operation makes of its inputs' shapes.
 * @module
 */
import { broadcastShapes, elementCount, sameShape, shapeText } from "./broadcasting.ts";
import type { Operation, Shape } from "./graph.ts";
import {
  concatShape,
  gatherShape,
  padShape,
  resampledShape,
  scatterAddShape,
  sliceShape,
  transposeShape,
} from "./layout_shapes.ts";
import type { Op, OpAttributes } from "./ops.ts";
import {
  convolutionShape,
  pooledShape,
  poolingGradientShape,
  transposedConvolutionShape,
} from "./window_shapes.ts";

/** A shape, or what was expected instead of the shapes that were given. */
export type ShapeOrExpectation = Shape | string;

/** Derives the shape of an operation's result. Sources have a declared shape instead. */
export type ShapeRule<K extends Op> = (
  attributes: OpAttributes[K],
  inputs: readonly Shape[],
  declared: Shape | undefined,
) => ShapeOrExpectation;

const shapeRules: { readonly [K in Op]: ShapeRule<K> } = {
  input: source(() => undefined),
  constant: source(({ data }, shape) =>
    data.length === elementCount(shape) ? undefined : `${data.length} elements, as the data has`
  ),
  negate: unary((_, x) => x),
  absolute: unary((_, x) => x),
  sign: unary((_, x) => x),
  square_root: unary((_, x) => x),
  relu: unary((_, x) => x),
  step: unary((_, x) => x),
  exp: unary((_, x) => x),
  tanh: unary((_, x) => x),
  erf: unary((_, x) => x),
  add: elementwise,
  subtract: elementwise,
  multiply: elementwise,
  divide: elementwise,
  maximum: elementwise,
  minimum: elementwise,
  greater: elementwise,
  equal: elementwise,
  select: (_, inputs) => inputs.length === 3 ? broadcastOrExpectation(inputs) : "3 inputs",
  sum: unary(({ axes }, x) => {
    const repeated = new Set(axes).size < axes.length;
    if (repeated || axes.some((axis) => x[axis] === undefined)) {
      return `distinct axes of the input, not ${shapeText(axes)}`;
    }
    return x.map((length, axis) => axes.includes(axis) ? 1 : length);
  }),
  matmul: binary((_, a, b) => matmulShape(a, b)),
  resample: unary(({ axis, matrix }, x) => resampledShape(axis, matrix, x)),
  conv2d: binary((attributes, x, kernel) => convolutionShape(attributes, x, kernel)),
  conv2d_transposed: binary((attributes, made, kernel) =>
    transposedConvolutionShape(attributes, made, kernel)
  ),
  max_pool2d: unary((window, x) => pooledShape(window, x)),
  max_pool2d_gradient: binary((window, x, gradient) => poolingGradientShape(window, x, gradient)),
  reshape: unary(({ shape }, x) =>
    elementCount(shape) === elementCount(x) ? shape : `as many elements as ${shapeText(shape)} has`
  ),
  transpose: unary(({ permutation }, x) => transposeShape(permutation, x)),
  slice: unary(({ starts, ends }, x) => sliceShape(starts, ends, x)),
  pad: unary(({ before, after }, x) => padShape(before, after, x)),
  concat: ({ axis }, inputs) => concatShape(axis, inputs),
  gather: unary(({ axis, indices }, x) => gatherShape(axis, indices, x)),
  scatter_add: unary(({ axis, indices, length }, x) => scatterAddShape(axis, indices, length, x)),
  broadcast: unary(({ shape }, x) => {
    const common = broadcastShapes(x, shape);
    return common && sameShape(common, shape) ? shape : `a shape that can be repeated to ${shapeText(shape)}`;
  }),
};

/**
 * The shape of an operation's result.
 * @param declared the shape of an `input` or `constant`; for other operations what the caller believes, checked
 * @throws {Error} that names the operation, what it expected and the shapes it got
 */
export function shapeOf<K extends Op>(
  operation: Operation<K>,
  inputs: readonly Shape[],
  declared?: Shape,
): Shape {
  const derived = shapeRules[operation.op](operation.attributes, inputs, declared);
  if (typeof derived === "string") {
    const got = (inputs.length > 0 ? inputs : declared ? [declared] : []).map(shapeText).join(" and ");
    throw new Error(`${operation.op}: expected ${derived}, got ${got || "none"}`);
  }
  if (!derived.every((length) => Number.isInteger(length) && length > 0)) {
    throw new Error(`${operation.op}: expected positive whole lengths, got ${shapeText(derived)}`);
  }
  if (declared && !sameShape(declared, derived)) {
    throw new Error(`${operation.op}: expected the shape ${shapeText(derived)}, got ${shapeText(declared)}`);
  }
  return derived;
}

function source<K extends Op>(
  expectation: (attributes: OpAttributes[K], shape: Shape) => string | undefined,
): ShapeRule<K> {
  return (attributes, inputs, declared) => {
    if (inputs.length > 0) return "no inputs";
    if (!declared) return "a declared shape";
    return expectation(attributes, declared) ?? declared;
  };
}

function unary<K extends Op>(
  derive: (attributes: OpAttributes[K], x: Shape) => ShapeOrExpectation,
): ShapeRule<K> {
  return (attributes, [x, ...more]) => x && more.length === 0 ? derive(attributes, x) : "1 input";
}

function binary<K extends Op>(
  derive: (attributes: OpAttributes[K], a: Shape, b: Shape) => ShapeOrExpectation,
): ShapeRule<K> {
  return (attributes, [a, b, ...more]) => a && b && more.length === 0 ? derive(attributes, a, b) : "2 inputs";
}

function elementwise(_attributes: unknown, inputs: readonly Shape[]): ShapeOrExpectation {
  return inputs.length === 2 ? broadcastOrExpectation(inputs) : "2 inputs";
}

function broadcastOrExpectation(inputs: readonly Shape[]): ShapeOrExpectation {
  return broadcastShapes(...inputs) ?? "shapes that broadcast";
}

function matmulShape(a: Shape, b: Shape): ShapeOrExpectation {
  const [rows, inner] = a.slice(-2);
  const [sameInner, columns] = b.slice(-2);
  if (rows === undefined || inner === undefined || columns === undefined) return "matrices";
  if (inner !== sameInner) return `${inner} rows in the second matrix, as the first has columns`;
  const batch = broadcastShapes(a.slice(0, -2), b.slice(0, -2));
  return batch ? [...batch, rows, columns] : "leading axes that broadcast";
}
