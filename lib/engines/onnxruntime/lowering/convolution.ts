/**
 * Convolutions term by term, and their adjoints.
 * @module
 */
import type { Attributes } from "../../../formats/onnx/model.ts";
import type { ConvolutionWindow } from "../../../graph/ops.ts";
import { dilatedSize } from "../../../graph/window_shapes.ts";
import { asRowMajor, channelsLastOrder, oneForEach } from "./layout_of_values.ts";
import { type ChannelsLastLowering, inputAt, type Lowering } from "./lowering.ts";
import { neighborsAsOutputs } from "./neighbors_as_outputs.ts";

/** ONNX's convolution is a cross-correlation too, and orders its borders alike. */
export const convolution: Lowering<"conv2d"> = (writer, step) => {
  const [images, kernel] = [inputAt(step, 0), inputAt(step, 1)];
  const bias = step.finish?.bias;
  const made = writer.node(
    "Conv",
    [images.name, kernel.name, ...(bias ? [oneForEach(writer, bias)] : [])],
    {
      kernel_shape: { ints: kernel.shape.slice(2) },
      strides: { ints: step.attributes.stride },
      pads: { ints: step.attributes.pad },
      ...groupsAndDilation(step.attributes),
    },
  );
  return step.finish?.relu ? writer.node("Relu", [made]) : made;
};

/** Convolutions, of one to three outputs in a way of their own. */
export const rowMajorConvolution: Lowering<"conv2d"> = (writer, step) =>
  neighborsAsOutputs(writer, step) ?? convolution(writer, step);

/**
 * ONNX Runtime's own convolution, where its result is wanted with the channels last: the result leaves ONNX Runtime's layout
 * and is transposed in one step.
 */
export const convolutionIntoChannelsLast: ChannelsLastLowering<"conv2d"> = (writer, step) => {
  const order = channelsLastOrder(step.shape);
  if (order === undefined || !step.wantedChannelsLast) return undefined;
  const inputs = step.inputs.map((value) => asRowMajor(writer, value));
  const made = convolution(writer, { ...step, inputs });
  return { name: writer.node("Transpose", [made], { perm: { ints: order } }), layout: "channels_last" };
};

/**
 * ONNX takes a transposed convolution's kernel as the convolution itself has it. Rows and columns that no place of the
 * convolution's window reached are its `output_padding`.
 */
export const transposedConvolution: Lowering<"conv2d_transposed"> = (writer, step) => {
  const [made, kernel] = [inputAt(step, 0), inputAt(step, 1)];
  const { stride: [vertical, horizontal], pad: [top, left, bottom, right], height, width } = step.attributes;
  const { dilation = [1, 1] } = step.attributes;
  const [, , madeHeight = 0, madeWidth = 0] = made.shape;
  const [, , kernelHeight = 0, kernelWidth = 0] = kernel.shape;
  const [tall, wide] = dilatedSize([kernelHeight, kernelWidth], dilation);
  const unreached = [
    height + top + bottom - tall - (madeHeight - 1) * vertical,
    width + left + right - wide - (madeWidth - 1) * horizontal,
  ];
  return writer.node("ConvTranspose", [made.name, kernel.name], {
    kernel_shape: { ints: [kernelHeight, kernelWidth] },
    strides: { ints: [vertical, horizontal] },
    pads: { ints: [top, left, bottom, right] },
    output_padding: { ints: unreached },
    ...groupsAndDilation(step.attributes),
  });
};

function groupsAndDilation({ groups, dilation }: ConvolutionWindow): Attributes {
  return {
    ...(groups !== undefined && { group: { int: groups } }),
    ...(dilation !== undefined && { dilations: { ints: dilation } }),
  };
}
