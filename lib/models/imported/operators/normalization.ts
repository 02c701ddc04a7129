/**
 * Normalizations, reductions and softmax.
 * @module
 */
import type { Tensor } from "../../../graph/graph.ts";
import {
  add,
  constant,
  divide,
  exp,
  maxPool2d,
  mean,
  multiply,
  reshape,
  square,
  squareRoot,
  subtract,
  sum,
} from "../../../graph/operations.ts";
import { axisOf, type ImportedNode, type ImportOperator } from "../imported_node.ts";
import { type ImportedValue, isKnown } from "../value.ts";

/** Operators by ONNX's name. */
export const normalizationOperators: Readonly<Record<string, ImportOperator>> = {
  BatchNormalization: batchNormalization,
  InstanceNormalization: (node) => {
    const x = node.tensor(0);
    const normalized = standardized(x, [...x.shape.keys()].slice(2), node.float("epsilon") ?? 1e-5);
    const perChannel = (position: number) => reshape(node.tensor(position), channelShape(x));
    return [{ tensor: add(multiply(normalized, perChannel(1)), perChannel(2)), channels: 1 }];
  },
  LayerNormalization: (node) => {
    const x = node.tensor(0);
    const first = axisOf(node.int("axis") ?? -1, x.shape.length);
    const normalized = standardized(x, [...x.shape.keys()].slice(first), node.float("epsilon") ?? 1e-5);
    const scaled = multiply(normalized, node.tensor(1));
    return like(node, node.inputs[2] === undefined ? scaled : add(scaled, node.tensor(2)));
  },
  ReduceMean: reduction((x, axes) => mean(x, axes), 18),
  ReduceSum: reduction((x, axes) => sum(x, axes), 13),
  Softmax: (node) => {
    const x = node.tensor(0);
    const axis = axisOf(node.int("axis") ?? (node.opset < 13 ? 1 : -1), x.shape.length);
    // Before version 13 everything from the axis on was one row.
    const axes = node.opset < 13 ? [...x.shape.keys()].slice(axis) : [axis];
    return like(node, softmax(x, axes));
  },
};

/** Where the input's channels are. */
function like(node: ImportedNode, tensor: Tensor): readonly ImportedValue[] {
  const from = node.input(0);
  const channels = isKnown(from) ? undefined : from.channels;
  return [{ tensor, ...(channels !== undefined && { channels }) }];
}

function channelShape(x: Tensor): readonly number[] {
  return [1, x.shape[1] ?? 0, ...x.shape.slice(2).map(() => 1)];
}

/** Of a trained network: each channel is multiplied and shifted. */
function batchNormalization(node: ImportedNode): readonly ImportedValue[] {
  const [scale, bias, center, variance] = [1, 2, 3, 4].map((position) => node.known(position).data);
  const epsilon = node.float("epsilon") ?? 1e-5;
  const x = node.tensor(0);
  if (!scale || !bias || !center || !variance || node.int("training_mode") === 1) {
    throw new Error("BatchNormalization in training is not supported");
  }
  const factors = Array.from(scale, (value, i) => value / Math.sqrt((variance[i] ?? NaN) + epsilon));
  const shifts = factors.map((factor, i) => (bias[i] ?? NaN) - factor * (center[i] ?? NaN));
  const perChannel = (values: readonly number[]) => constant(node.graph, values, channelShape(x));
  return [{ tensor: add(multiply(x, perChannel(factors)), perChannel(shifts)), channels: 1 }];
}

function standardized(x: Tensor, axes: readonly number[], epsilon: number): Tensor {
  const centered = subtract(x, mean(x, axes));
  return divide(centered, squareRoot(add(mean(square(centered), axes), epsilon)));
}

function reduction(
  reduce: (x: Tensor, axes: readonly number[]) => Tensor,
  axesAreInputFrom: number,
): ImportOperator {
  return (node) => {
    const x = node.tensor(0);
    const given = node.opset >= axesAreInputFrom ? node.list(1) : node.ints("axes");
    if ((given === undefined || given.length === 0) && node.int("noop_with_empty_axes") === 1) {
      return [node.input(0)];
    }
    const axes = given === undefined || given.length === 0
      ? [...x.shape.keys()]
      : given.map((axis) => axisOf(axis, x.shape.length));
    const reduced = reduce(x, axes);
    if (node.int("keepdims") !== 0) return like(node, reduced);
    return [{ tensor: reshape(reduced, x.shape.filter((_, axis) => !axes.includes(axis))) }];
  };
}

/** Less its maximum, so that nothing overflows. */
function softmax(x: Tensor, axes: readonly number[]): Tensor {
  const powers = exp(subtract(x, maximumAlong(x, axes)));
  return divide(powers, sum(powers, axes));
}

/** The largest element along neighboring axes, which stay with length 1: pooling over rows that are as long. */
function maximumAlong(x: Tensor, axes: readonly number[]): Tensor {
  const [first = 0] = axes;
  const length = (part: readonly number[]) => part.reduce((product, each) => product * each, 1);
  const before = length(x.shape.slice(0, first));
  const along = length(axes.map((axis) => x.shape[axis] ?? 1));
  const after = length(x.shape.slice(first + axes.length));
  const rows = reshape(x, [1, before, along, after]);
  const most = maxPool2d(rows, { size: [along, 1], stride: [1, 1] });
  return reshape(most, x.shape.map((each, axis) => axes.includes(axis) ? 1 : each));
}
