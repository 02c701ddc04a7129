/**
 * Convolutions of single pixels.
 * @module
 */
import { reshaped } from "./layout.ts";
import {
  channelsLast,
  channelsLastShape,
  oneForEach,
  rowMajor,
  withChannelsLast,
} from "./layout_of_values.ts";
import { type ChannelsLastLowering, inputAt } from "./lowering.ts";
import { isPlainConvolution } from "./plain_convolution.ts";

/** Of one pixel: a product of all pixels with the kernel. */
export const pointwiseConvolution: ChannelsLastLowering<"conv2d"> = (writer, step) => {
  const [images, kernel] = [inputAt(step, 0), inputAt(step, 1)];
  const [outputs = 0, inputs = 0, height, width] = kernel.shape;
  const { stride, pad } = step.attributes;
  const isPointwise = height === 1 && width === 1 && stride.every((length) => length === 1) &&
    pad.every((count) => count === 0) && isPlainConvolution(step.attributes);
  if (images.layout !== "channels_last" || !isPointwise) return undefined;
  const matrix = reshaped(writer, rowMajor(writer, kernel), [outputs, inputs]);
  const factor = kernel.constant === undefined
    ? writer.node("Transpose", [matrix], { perm: { ints: [1, 0] } })
    : writer.floats(withChannelsLast([outputs, inputs], kernel.constant), [inputs, outputs]);
  const [, , tall = 0, wide = 0] = images.shape;
  const pixels = reshaped(writer, channelsLast(writer, images), [tall * wide, inputs]);
  const bias = step.finish?.bias;
  const made = bias
    ? writer.node("Gemm", [pixels, factor, oneForEach(writer, bias)])
    : writer.node("MatMul", [pixels, factor]);
  const finished = step.finish?.relu ? writer.node("Relu", [made]) : made;
  return { name: reshaped(writer, finished, channelsLastShape(step.shape)), layout: "channels_last" };
};
