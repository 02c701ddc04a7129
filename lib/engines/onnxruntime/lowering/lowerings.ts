/**
 * The ONNX form of every operation.
 * @module
 */
import type { Op } from "../../../graph/ops.ts";
import { comparison, select, stepUp } from "./elementwise.ts";
import { broadcast, concat, gather, pad, reshape, scatterAdd, slice, transpose } from "./layout.ts";
import { convolution, sum, transposedConvolution } from "./linear_algebra.ts";
import { direct, type Lowering } from "./lowering.ts";
import { maxPool, maxPoolGradient } from "./max_pooling.ts";

/** Inputs are declared by the model, and become values under their own name. */
export type ComputedOp = Exclude<Op, "input">;

/** How each operation is written. */
export const lowerings: { readonly [K in ComputedOp]: Lowering<K> } = {
  constant: (writer, { attributes, shape }) => writer.floats(attributes.data, shape),
  negate: direct("Neg"),
  absolute: direct("Abs"),
  sign: direct("Sign"),
  square_root: direct("Sqrt"),
  relu: direct("Relu"),
  step: stepUp,
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
  conv2d: convolution,
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
