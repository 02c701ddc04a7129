/**
 * The operations as functions of tensors: the words in which models and loss terms are written.
 * Binary operations broadcast as NumPy does; a number stands for a scalar constant.
 * @module
 */
import { sameShape } from "./broadcasting.ts";
import type { GraphBuilder, Shape, Tensor } from "./graph.ts";
import type { LineMap } from "./line_map.ts";
import type { OpAttributes, Window } from "./ops.ts";

/** A tensor, or a number that becomes a scalar constant of its graph. */
export type Operand = Tensor | number;

/** A value given at run time by name. */
export function input(graph: GraphBuilder, name: string, shape: Shape): Tensor {
  return graph.add({ op: "input", attributes: { name } }, [], shape);
}

/** Values that are part of the graph, row-major, rounded to float32. */
export function constant(graph: GraphBuilder, data: ArrayLike<number>, shape: Shape): Tensor {
  const rounded = data instanceof Float32Array ? data : Float32Array.from(data);
  return graph.add({ op: "constant", attributes: { data: rounded } }, [], shape);
}

/** One number, of shape []. */
export function scalar(graph: GraphBuilder, value: number): Tensor {
  return constant(graph, [value], []);
}

/** -x. */
export function negate(x: Tensor): Tensor {
  return x.graph.add({ op: "negate", attributes: {} }, [x]);
}

/** |x|; its derivative at 0 is 0. */
export function absolute(x: Tensor): Tensor {
  return x.graph.add({ op: "absolute", attributes: {} }, [x]);
}

/** -1, 0 or 1. */
export function sign(x: Tensor): Tensor {
  return x.graph.add({ op: "sign", attributes: {} }, [x]);
}

/** The square root of numbers from 0; its derivative at 0 is infinite. */
export function squareRoot(x: Tensor): Tensor {
  return x.graph.add({ op: "square_root", attributes: {} }, [x]);
}

/** max(x, 0); its derivative at 0 is 0. */
export function relu(x: Tensor): Tensor {
  return x.graph.add({ op: "relu", attributes: {} }, [x]);
}

/** 1 where x > 0, else 0. */
export function step(x: Tensor): Tensor {
  return x.graph.add({ op: "step", attributes: {} }, [x]);
}

/** e to the power of x. */
export function exp(x: Tensor): Tensor {
  return x.graph.add({ op: "exp", attributes: {} }, [x]);
}

/** The hyperbolic tangent. */
export function tanh(x: Tensor): Tensor {
  return x.graph.add({ op: "tanh", attributes: {} }, [x]);
}

/** The error function. */
export function erf(x: Tensor): Tensor {
  return x.graph.add({ op: "erf", attributes: {} }, [x]);
}

/** The logistic function 1 / (1 + exp(-x)), by the hyperbolic tangent, which overflows for no x. */
export function sigmoid(x: Tensor): Tensor {
  return multiply(add(tanh(multiply(x, 0.5)), 1), 0.5);
}

/** x times x. */
export function square(x: Tensor): Tensor {
  return multiply(x, x);
}

/** a + b. */
export function add(a: Tensor, b: Operand): Tensor {
  return a.graph.add({ op: "add", attributes: {} }, [a, operand(a, b)]);
}

/** a - b. */
export function subtract(a: Tensor, b: Operand): Tensor {
  return a.graph.add({ op: "subtract", attributes: {} }, [a, operand(a, b)]);
}

/** a times b, element by element. */
export function multiply(a: Tensor, b: Operand): Tensor {
  return a.graph.add({ op: "multiply", attributes: {} }, [a, operand(a, b)]);
}

/** a / b. */
export function divide(a: Tensor, b: Operand): Tensor {
  return a.graph.add({ op: "divide", attributes: {} }, [a, operand(a, b)]);
}

/** The larger of both; where they are equal the first one gets the gradient. */
export function maximum(a: Tensor, b: Operand): Tensor {
  return a.graph.add({ op: "maximum", attributes: {} }, [a, operand(a, b)]);
}

/** The smaller of both; where they are equal the first one gets the gradient. */
export function minimum(a: Tensor, b: Operand): Tensor {
  return a.graph.add({ op: "minimum", attributes: {} }, [a, operand(a, b)]);
}

/** 1 where a > b, else 0. */
export function greater(a: Tensor, b: Operand): Tensor {
  return a.graph.add({ op: "greater", attributes: {} }, [a, operand(a, b)]);
}

/** 1 where a = b, else 0. */
export function equal(a: Tensor, b: Operand): Tensor {
  return a.graph.add({ op: "equal", attributes: {} }, [a, operand(a, b)]);
}

/** `whenTrue` where the condition is not 0, else `otherwise`. */
export function select(condition: Tensor, whenTrue: Operand, otherwise: Operand): Tensor {
  const inputs = [condition, operand(condition, whenTrue), operand(condition, otherwise)];
  return condition.graph.add({ op: "select", attributes: {} }, inputs);
}

/** Sum over axes, which stay with length 1. */
export function sum(x: Tensor, axes: readonly number[]): Tensor {
  return x.graph.add({ op: "sum", attributes: { axes } }, [x]);
}

/** Mean over axes, which stay with length 1. */
export function mean(x: Tensor, axes: readonly number[]): Tensor {
  const count = axes.reduce((product, axis) => product * (x.shape[axis] ?? 1), 1);
  return divide(sum(x, axes), count);
}

/** Sum of all elements, of shape []. */
export function sumOfAll(x: Tensor): Tensor {
  return reshape(sum(x, [...x.shape.keys()]), []);
}

/** Mean of all elements, of shape []. */
export function meanOfAll(x: Tensor): Tensor {
  return reshape(mean(x, [...x.shape.keys()]), []);
}

/** Product of the last two axes; leading axes broadcast. */
export function matmul(a: Tensor, b: Tensor): Tensor {
  return a.graph.add({ op: "matmul", attributes: {} }, [a, b]);
}

/** Element i of a line along the axis becomes the sum over j of matrix[i, j] times element j. */
export function resample(x: Tensor, axis: number, matrix: LineMap): Tensor {
  return x.graph.add({ op: "resample", attributes: { axis, matrix } }, [x]);
}

/** One number for both directions, or [vertical, horizontal]. */
export type Stride = number | Window["stride"];
/** One number for all sides, or [top, left, bottom, right]. */
export type Pad = number | Window["pad"];

/**
 * Cross-correlation, with zeros around the images.
 * @param x [batch, in, height, width]
 * @param kernel [out, in / groups, kernel height, kernel width]
 */
export function conv2d(
  x: Tensor,
  kernel: Tensor,
  { stride = 1, pad = 0, groups = 1, dilation = 1 }: {
    stride?: Stride;
    pad?: Pad;
    groups?: number;
    dilation?: Stride;
  } = {},
): Tensor {
  const apart = bothWays(dilation);
  const attributes = {
    stride: bothWays(stride),
    pad: allSides(pad),
    ...(groups !== 1 && { groups }),
    ...(apart.some((step) => step !== 1) && { dilation: apart }),
  };
  return x.graph.add({ op: "conv2d", attributes }, [x, kernel]);
}

/** The adjoint of `conv2d` for images of this height and width. */
export function conv2dTransposed(
  made: Tensor,
  kernel: Tensor,
  attributes: OpAttributes["conv2d_transposed"],
): Tensor {
  return made.graph.add({ op: "conv2d_transposed", attributes }, [made, kernel]);
}

/**
 * The largest element of each window; the border is never chosen, and what does not fill a last step is left out.
 * Of equal elements the first in row-major order gets the gradient.
 * @param x [batch, channels, height, width]
 */
export function maxPool2d(
  x: Tensor,
  { size, stride, pad = 0 }: { size: Stride; stride: Stride; pad?: Pad },
): Tensor {
  const window = { size: bothWays(size), stride: bothWays(stride), pad: allSides(pad) };
  return x.graph.add({ op: "max_pool2d", attributes: window }, [x]);
}

/** The gradient of the loss by x, given the gradient by `maxPool2d(x, window)`. */
export function maxPool2dGradient(x: Tensor, gradient: Tensor, window: Window): Tensor {
  return x.graph.add({ op: "max_pool2d_gradient", attributes: window }, [x, gradient]);
}

/** The same elements in another shape. */
export function reshape(x: Tensor, shape: Shape): Tensor {
  return sameShape(x.shape, shape) ? x : x.graph.add({ op: "reshape", attributes: { shape } }, [x]);
}

/** Axis i of the result is axis permutation[i] of x. */
export function transpose(x: Tensor, permutation: readonly number[]): Tensor {
  return x.graph.add({ op: "transpose", attributes: { permutation } }, [x]);
}

/** Elements starts .. ends - 1 along each axis. */
export function slice(x: Tensor, starts: readonly number[], ends: readonly number[]): Tensor {
  return x.graph.add({ op: "slice", attributes: { starts, ends } }, [x]);
}

/** Zeros before and after each axis. */
export function pad(x: Tensor, before: readonly number[], after: readonly number[]): Tensor {
  return x.graph.add({ op: "pad", attributes: { before, after } }, [x]);
}

/** One tensor after the other along an axis. */
export function concat(tensors: readonly Tensor[], axis: number): Tensor {
  const [first] = tensors;
  if (!first) throw new Error("concat: expected at least one tensor, got none");
  return first.graph.add({ op: "concat", attributes: { axis } }, tensors);
}

/** Element indices[i] along an axis for each i. */
export function gather(x: Tensor, axis: number, indices: readonly number[]): Tensor {
  return x.graph.add({ op: "gather", attributes: { axis, indices } }, [x]);
}

/** The adjoint of `gather`: element i along the axis is added to element indices[i] of a result of this length. */
export function scatterAdd(x: Tensor, axis: number, indices: readonly number[], length: number): Tensor {
  return x.graph.add({ op: "scatter_add", attributes: { axis, indices, length } }, [x]);
}

/** Repeats axes of length 1 (and adds axes in front) until the tensor has this shape. */
export function broadcast(x: Tensor, shape: Shape): Tensor {
  return sameShape(x.shape, shape) ? x : x.graph.add({ op: "broadcast", attributes: { shape } }, [x]);
}

function operand(beside: Tensor, value: Operand): Tensor {
  return typeof value === "number" ? scalar(beside.graph, value) : value;
}

function bothWays(stride: Stride): Window["stride"] {
  return typeof stride === "number" ? [stride, stride] : stride;
}

function allSides(pad: Pad): Window["pad"] {
  return typeof pad === "number" ? [pad, pad, pad, pad] : pad;
}
