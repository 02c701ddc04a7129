/**
 * What each operation does to a gradient on its way back: the product with the transpose of its Jacobian.
 * @module
 */
import { broadcastShapes, repeatedAxes, sameShape, shapeText } from "./broadcasting.ts";
import { convolutionGradient } from "./convolution_gradient.ts";
import type { Operation, Shape, Tensor } from "./graph.ts";
import { nodeOf, tensorAt } from "./graph_builder.ts";
import { transposedMap } from "./line_map.ts";
import { isMatrixTranspose, matrixTranspose } from "./matrix_products.ts";
import {
  broadcast,
  conv2d,
  divide,
  equal,
  exp,
  gather,
  greater,
  matmul,
  maxPool2dGradient,
  multiply,
  negate,
  type Operand,
  pad,
  resample,
  reshape,
  scalar,
  scatterAdd,
  select,
  sign,
  slice,
  square,
  step,
  subtract,
  sum,
  transpose,
} from "./operations.ts";
import type { Op } from "./ops.ts";

/** A node that the gradient passes: its inputs, what it made, and the gradient of the loss by what it made. */
export interface Passage<K extends Op> {
  readonly operation: Operation<K>;
  readonly inputs: readonly Tensor[];
  readonly output: Tensor;
  readonly gradient: Tensor;
}

/** Adds the gradient of the loss by one of the inputs; undefined where it is 0 wherever it exists. */
export type GradientRule<K extends Op> = (passage: Passage<K>, position: number) => Tensor | undefined;

const gradientRules: { readonly [K in Op]: GradientRule<K> } = {
  input: zero,
  constant: zero,
  negate: unary((g) => negate(g)),
  absolute: unary((g, x) => product(g, sign(x))),
  sign: zero,
  square_root: unary((g, _, { output }) => divide(g, multiply(output, 2))),
  // By the output, so that an engine need not keep the input.
  relu: unary((g, _, { output }) => isGradientOfPooled(g, output) ? g : multiply(g, step(output))),
  step: zero,
  exp: unary((g, _, { output }) => multiply(g, output)),
  tanh: unary((g, _, { output }) => multiply(g, subtract(scalar(g.graph, 1), square(output)))),
  erf: unary((g, x) => product(g, multiply(exp(negate(square(x))), 2 / Math.sqrt(Math.PI)))),
  add: elementwise((g) => g, (g) => g),
  subtract: elementwise((g) => g, (g, _, b) => negate(sumTo(g, b.shape))),
  multiply: elementwise(
    (g, a, b) => a.id === b.id ? product(product(g, 2), a) : product(g, b),
    (g, a, b) => a.id === b.id ? undefined : product(g, a),
  ),
  divide: elementwise(
    (g, _, b) => divide(g, b),
    // Summed before it is divided: a divisor that is repeated is a small one.
    (g, _, b, quotient) => negate(divide(sumTo(product(g, quotient), b.shape), b)),
  ),
  // Equal operands: the first one gets the gradient.
  maximum: elementwise(
    (g, a, _, larger) => product(g, equal(a, larger)),
    (g, a, b) => product(g, greater(b, a)),
  ),
  minimum: elementwise(
    (g, a, _, smaller) => product(g, equal(a, smaller)),
    (g, a, b) => product(g, greater(a, b)),
  ),
  greater: zero,
  equal: zero,
  select: (passage, position) => selectGradient(passage, position),
  sum: unary((g, x) => broadcast(g, x.shape)),
  matmul: byInput(
    binary((g, a, b) => sumTo(matmul(g, matrixTranspose(b)), a.shape)),
    binary((g, a, b) => sumTo(matmul(matrixTranspose(a), g), b.shape)),
  ),
  resample: unary((g, _, { operation: { attributes: { axis, matrix } } }) =>
    resample(g, axis, transposedMap(matrix))
  ),
  conv2d: byInput(
    binary((g, x, kernel, { operation }) => convolutionGradient(g, x.shape, kernel, operation.attributes)),
    notDifferentiable("kernels are weights, which no stage changes"),
  ),
  conv2d_transposed: byInput(
    binary((g, _, kernel, { operation }) => conv2d(g, kernel, operation.attributes)),
    notDifferentiable("kernels are weights, which no stage changes"),
  ),
  // What a ReLU has set to 0 gets nothing: left out here, where there are fewer numbers, and not in the ReLU's rule.
  max_pool2d: unary((g, x, { operation, output }) =>
    maxPool2dGradient(x, nodeOf(x).op === "relu" ? multiply(g, step(output)) : g, operation.attributes)
  ),
  max_pool2d_gradient: notDifferentiable("second derivatives of max pooling are not in the graph"),
  reshape: unary((g, x) => reshape(g, x.shape)),
  transpose: unary((g, _, { operation: { attributes: { permutation } } }) =>
    isMatrixTranspose(permutation) ? matrixTranspose(g) : transpose(g, inverse(permutation))
  ),
  slice: unary((g, x, { operation: { attributes } }) =>
    pad(g, attributes.starts, x.shape.map((length, axis) => length - (attributes.ends[axis] ?? length)))
  ),
  pad: unary((g, x, { operation: { attributes: { before } } }) =>
    slice(g, before, x.shape.map((length, axis) => length + (before[axis] ?? 0)))
  ),
  concat: ({ operation, inputs, gradient }, position) =>
    partAlong(gradient, operation.attributes.axis, inputs.map((x) => x.shape), position),
  gather: unary((g, x, { operation: { attributes: { axis, indices } } }) =>
    scatterAdd(g, axis, indices, x.shape[axis] ?? 0)
  ),
  scatter_add: unary((g, _, { operation: { attributes: { axis, indices } } }) => gather(g, axis, indices)),
  broadcast: unary((g, x) => sumTo(g, x.shape)),
};

/**
 * Adds the gradient of the loss by the input at `position` of a node; undefined where it is 0 wherever it exists.
 * @throws {Error} with the reason where the graph has no such gradient
 */
export function gradientByInput<K extends Op>(passage: Passage<K>, position: number): Tensor | undefined {
  return gradientRules[passage.operation.op](passage, position);
}

/** An entry that says why there is no gradient. */
function notDifferentiable<K extends Op>(reason: string): GradientRule<K> {
  return ({ operation, inputs }, position) => {
    const shapes = inputs.map((x) => shapeText(x.shape)).join(" and ");
    throw new Error(
      `gradient: ${operation.op} of ${shapes} is not differentiable by input ${position}: ${reason}`,
    );
  };
}

function zero(): undefined {
  return undefined;
}

function unary<K extends Op>(
  rule: (gradient: Tensor, x: Tensor, passage: Passage<K>) => Tensor,
): GradientRule<K> {
  return (passage) => rule(passage.gradient, inputAt(passage, 0), passage);
}

function binary<K extends Op>(
  rule: (gradient: Tensor, a: Tensor, b: Tensor, passage: Passage<K>) => Tensor,
): GradientRule<K> {
  return (passage) => rule(passage.gradient, inputAt(passage, 0), inputAt(passage, 1), passage);
}

function byInput<K extends Op>(...rules: readonly GradientRule<K>[]): GradientRule<K> {
  return (passage, position) => rules[position]?.(passage, position);
}

type ElementRule = (gradient: Tensor, a: Tensor, b: Tensor, output: Tensor) => Tensor | undefined;

/** Rules for two operands that broadcast: what each rule makes is summed to the shape of its operand. */
function elementwise<K extends Op>(first: ElementRule, second: ElementRule): GradientRule<K> {
  return (passage, position) => {
    const rule = position === 0 ? first : second;
    const made = rule(passage.gradient, inputAt(passage, 0), inputAt(passage, 1), passage.output);
    return made && sumTo(made, inputAt(passage, position).shape);
  };
}

/** True for a gradient that came back through one pooling of x alone. */
function isGradientOfPooled(gradient: Tensor, x: Tensor): boolean {
  const { op, inputs: [pooled] } = nodeOf(gradient);
  return op === "max_pool2d_gradient" && pooled === x.id;
}

function selectGradient(passage: Passage<"select">, position: number): Tensor | undefined {
  if (position === 0) return undefined;
  const condition = inputAt(passage, 0);
  const chosen = position === 1
    ? select(condition, passage.gradient, 0)
    : select(condition, 0, passage.gradient);
  return sumTo(chosen, inputAt(passage, position).shape);
}

/** The product of a gradient and an operand. A gradient that was only repeated is multiplied before it is repeated. */
function product(gradient: Tensor, operand: Operand): Tensor {
  const node = nodeOf(gradient);
  const [source] = node.inputs;
  if (node.op !== "broadcast" || source === undefined) return multiply(gradient, operand);
  const narrow = tensorAt(gradient.graph, source);
  if (typeof operand === "number") return broadcast(multiply(narrow, operand), gradient.shape);
  const common = broadcastShapes(narrow.shape, operand.shape);
  const sameResult = common !== undefined && sameShape(common, gradient.shape);
  return multiply(sameResult ? narrow : gradient, operand);
}

/** Undoes a broadcast: sums what was repeated. */
function sumTo(x: Tensor, shape: Shape): Tensor {
  const axes = repeatedAxes(shape, x.shape).filter((axis) => x.shape[axis] !== 1);
  return reshape(axes.length > 0 ? sum(x, axes) : x, shape);
}

function inverse(permutation: readonly number[]): readonly number[] {
  return permutation.map((_, axis) => permutation.indexOf(axis));
}

function partAlong(whole: Tensor, axis: number, shapes: readonly Shape[], position: number): Tensor {
  const offset = shapes.slice(0, position).reduce((total, shape) => total + (shape[axis] ?? 0), 0);
  const length = shapes[position]?.[axis] ?? 0;
  const starts = whole.shape.map((_, other) => other === axis ? offset : 0);
  return slice(whole, starts, whole.shape.with(axis, offset + length));
}

function inputAt<K extends Op>({ operation, inputs }: Passage<K>, position: number): Tensor {
  const tensor = inputs[position];
  if (!tensor) throw new Error(`gradient: expected ${operation.op} to have an input ${position}`);
  return tensor;
}
