/**
 * How a graph is written for GPUs: rows alone, whose layout is the provider's business, convolutions left to it, and nothing but
 * operators that WebGPU, CUDA and DirectML have. What the processor's dialect does to spare single threads would cost passes.
 * @module
 */
import type { Precision } from "../../engine.ts";
import type { Dialect } from "./dialect.ts";
import { rowMajorConvolution } from "./convolution.ts";
import { asFloats, number } from "./elementwise.ts";
import { convolutionInFloat16, transposedConvolutionInFloat16 } from "./float16_convolution.ts";
import { transposedByGroup } from "./grouped_convolution.ts";
import { inputAt, type Lowering } from "./lowering.ts";
import { lowerings } from "./lowerings.ts";
import { productInParts } from "./product_in_parts.ts";
import { wholeResample, wholeScatterAdd } from "./resampling.ts";
import { windowGradient } from "./window_gradient.ts";

/** 1 above 0: a steep line, as for the processor, would leave the numbers that a shader must know. */
const stepUp: Lowering<"step"> = (writer, step) =>
  asFloats(writer, writer.node("Greater", [inputAt(step, 0).name, number(writer, 0)]));

/** WebGPU has no Sign. */
const sign: Lowering<"sign"> = (writer, step) => {
  const operands = [inputAt(step, 0).name, number(writer, 0)];
  const isAbove = asFloats(writer, writer.node("Greater", operands));
  return writer.node("Sub", [isAbove, asFloats(writer, writer.node("Less", operands))]);
};

const broadcast: Lowering<"broadcast"> = (writer, step) =>
  writer.node("Expand", [inputAt(step, 0).name, writer.integers(step.attributes.shape)]);

/** @param precision of convolutions; everything else is computed in float32 */
export function gpuDialect(precision: Precision): Dialect {
  const convolutions = precision === "float16"
    ? { conv2d: convolutionInFloat16, conv2d_transposed: transposedConvolutionInFloat16 }
    : { conv2d: rowMajorConvolution, conv2d_transposed: transposedByGroup };
  return {
    lowerings: {
      ...lowerings,
      ...convolutions,
      sign,
      step: stepUp,
      matmul: productInParts,
      resample: wholeResample,
      scatter_add: wholeScatterAdd,
      max_pool2d_gradient: windowGradient,
      broadcast,
    },
    channelsLast: {},
    wantedChannelsLast: () => new Set(),
  };
}
