/**
 * Sums, and convolutions with their adjoints.
 * @module
 */
import { inputAt, type Lowering } from "./lowering.ts";

/** Sum over axes, which stay. */
export const sum: Lowering<"sum"> = (writer, step) => {
  const { axes } = step.attributes;
  const x = inputAt(step, 0).name;
  return axes.length === 0
    ? x
    : writer.node("ReduceSum", [x, writer.integers(axes)], { keepdims: { int: 1 } });
};

/** ONNX's convolution is a cross-correlation too, and orders its borders alike. */
export const convolution: Lowering<"conv2d"> = (writer, step) => {
  const [images, kernel] = [inputAt(step, 0), inputAt(step, 1)];
  return writer.node("Conv", [images.name, kernel.name], {
    kernel_shape: { ints: kernel.shape.slice(2) },
    strides: { ints: step.attributes.stride },
    pads: { ints: step.attributes.pad },
  });
};

/**
 * ONNX takes a transposed convolution's kernel as the convolution itself has it. Rows and columns that no place of the
 * convolution's window reached are its `output_padding`.
 */
export const transposedConvolution: Lowering<"conv2d_transposed"> = (writer, step) => {
  const [made, kernel] = [inputAt(step, 0), inputAt(step, 1)];
  const { stride: [vertical, horizontal], pad: [top, left, bottom, right], height, width } = step.attributes;
  const [, , madeHeight = 0, madeWidth = 0] = made.shape;
  const [, , kernelHeight = 0, kernelWidth = 0] = kernel.shape;
  const unreached = [
    height + top + bottom - kernelHeight - (madeHeight - 1) * vertical,
    width + left + right - kernelWidth - (madeWidth - 1) * horizontal,
  ];
  return writer.node("ConvTranspose", [made.name, kernel.name], {
    kernel_shape: { ints: [kernelHeight, kernelWidth] },
    strides: { ints: [vertical, horizontal] },
    pads: { ints: [top, left, bottom, right] },
    output_padding: { ints: unreached },
  });
};
