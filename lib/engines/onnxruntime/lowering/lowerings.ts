/**
 * The ONNX form of every operation.
 * @module
 */
import type { Op } from "../../../graph/ops.ts";
import type { ConvolutionChoice } from "../../engine.ts";
import { comparison, select, sign, stepUp } from "./elementwise.ts";
import { broadcast, concat, gather, pad, reshape, slice, transpose } from "./layout.ts";
import { convolutionIntoChannelsLast, rowMajorConvolution, transposedConvolution } from "./convolution.ts";
import { sum } from "./sum.ts";
import { reshapeChannelsLast, transposeChannelsLast } from "./channels_last.ts";
import { maxPoolChannelsLast, maxPoolGradientChannelsLast } from "./channels_last_pooling.ts";
import { type ChannelsLastLowering, direct, type Lowering } from "./lowering.ts";
import { maxPool, maxPoolGradient } from "./max_pooling.ts";
import { pointwiseConvolution } from "./pointwise_convolution.ts";
import { alongStoredAxes, permuted, type Restatement, unchanged } from "./restated_axes.ts";
import { matmulChannelsLast } from "./thin_products.ts";
import { resample, scatterAdd } from "./resampling.ts";
import { winogradConvolution } from "./winograd_convolution.ts";

/** Inputs are declared by the model, and become values under their own name. */
export type ComputedOp = Exclude<Op, "input">;

/** A way of writing every operation. */
export type Lowerings = { readonly [K in ComputedOp]: Lowering<K> };

/** Ways of writing operations whose channels are, or are to be, last; those that are missing take and make rows. */
export type ChannelsLastLowerings = { readonly [K in ComputedOp]?: ChannelsLastLowering<K> };

/** How each operation is written. */
export const lowerings: Lowerings = {
  constant: (writer, { attributes, shape }) => writer.floats(attributes.data, shape),
  negate: direct("Neg"),
  absolute: direct("Abs"),
  sign,
  square_root: direct("Sqrt"),
  relu: direct("Relu"),
  step: stepUp,
  exp: direct("Exp"),
  tanh: direct("Tanh"),
  erf: direct("Erf"),
  add: direct("Add"),
  subtract: direct("Sub"),
  multiply: direct("Mul"),
  divide: direct("Div"),
  maximum: direct("Max"),
  minimum: direct("Min"),
  greater: comparison("Greater"),
  equal: comparison("Equal"),
  select,
  sum,
  matmul: direct("MatMul"),
  resample,
  conv2d: rowMajorConvolution,
  conv2d_transposed: transposedConvolution,
  max_pool2d: maxPool,
  max_pool2d_gradient: maxPoolGradient,
  reshape,
  transpose,
  slice,
  pad,
  concat,
  gather,
  scatter_add: scatterAdd,
  broadcast,
};

/** How operations are written whose channels are, or are to be, last. */
export function channelsLastLowerings(choice: ConvolutionChoice): ChannelsLastLowerings {
  const convolutions: readonly ChannelsLastLowering<"conv2d">[] = [
    ...(choice === "winograd" ? [winogradConvolution] : []),
    pointwiseConvolution,
    convolutionIntoChannelsLast,
  ];
  return {
    ...alongOtherAxes,
    matmul: matmulChannelsLast,
    conv2d: (writer, step) => {
      for (const convolution of convolutions) {
        const lowered = convolution(writer, step);
        if (lowered) return lowered;
      }
      return undefined;
    },
    max_pool2d: maxPoolChannelsLast,
    max_pool2d_gradient: maxPoolGradientChannelsLast,
    reshape: reshapeChannelsLast,
    transpose: transposeChannelsLast,
  };
}

/** Those that only name their axes in another way. */
const alongOtherAxes = {
  negate: sameOnAll("negate"),
  absolute: sameOnAll("absolute"),
  sign: sameOnAll("sign"),
  square_root: sameOnAll("square_root"),
  relu: sameOnAll("relu"),
  step: sameOnAll("step"),
  exp: sameOnAll("exp"),
  tanh: sameOnAll("tanh"),
  erf: sameOnAll("erf"),
  add: sameOnAll("add"),
  subtract: sameOnAll("subtract"),
  multiply: sameOnAll("multiply"),
  divide: sameOnAll("divide"),
  maximum: sameOnAll("maximum"),
  minimum: sameOnAll("minimum"),
  greater: sameOnAll("greater"),
  equal: sameOnAll("equal"),
  select: sameOnAll("select"),
  sum: along("sum", ({ axes }, order) => ({ axes: axes.map((axis) => order.indexOf(axis)) })),
  slice: along("slice", ({ starts, ends }, order) => ({
    starts: permuted(starts, order),
    ends: permuted(ends, order),
  })),
  pad: along("pad", ({ before, after }, order) => ({
    before: permuted(before, order),
    after: permuted(after, order),
  })),
  resample: along("resample", ({ axis, matrix }, order) => ({ axis: order.indexOf(axis), matrix })),
  concat: along("concat", ({ axis }, order) => ({ axis: order.indexOf(axis) })),
  gather: along("gather", ({ axis, indices }, order) => ({ axis: order.indexOf(axis), indices })),
  scatter_add: along("scatter_add", ({ axis, ...rest }, order) => ({ axis: order.indexOf(axis), ...rest })),
  broadcast: along("broadcast", ({ shape }, order) => ({ shape: permuted(shape, order) })),
};

function sameOnAll<K extends ComputedOp>(op: K): ChannelsLastLowering<K> {
  return alongStoredAxes<K>(lowerings[op], unchanged);
}

function along<K extends ComputedOp>(op: K, restate: Restatement<K>): ChannelsLastLowering<K> {
  return alongStoredAxes<K>(lowerings[op], restate);
}
