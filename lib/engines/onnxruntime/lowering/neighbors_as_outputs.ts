/**
 * Convolutions of many inputs into one, two or three outputs: what the gradient by an image comes to.
 * @module
 */
import type { OnnxWriter } from "../onnx_writer.ts";
import { padded } from "./layout.ts";
import { inputAt, type Step } from "./lowering.ts";
import { isPlainConvolution } from "./plain_convolution.ts";

/**
 * ONNX Runtime computes outputs sixteen at a time, and a few would waste the rest. So the 4 x 4 pixels of a block become
 * sixteen outputs of a convolution that moves by four, whose kernel holds the given one at sixteen offsets; of three outputs,
 * or with a small kernel, the 2 x 2 pixels. Undefined, with nothing added, where that does not suit the step.
 */
export function neighborsAsOutputs(writer: OnnxWriter, step: Step<"conv2d">): string | undefined {
  const [images, kernel] = [inputAt(step, 0), inputAt(step, 1)];
  const [outputs = 0, inputs = 0, kernelHeight = 0, kernelWidth = 0] = kernel.shape;
  const { stride, pad: [top, left] } = step.attributes;
  const smallest = Math.min(kernelHeight, kernelWidth);
  const suits = step.finish === undefined && kernel.constant !== undefined && outputs <= 3 && inputs >= 16 &&
    smallest >= 3 && stride.every((length) => length === 1) && images.shape[0] === 1 &&
    isPlainConvolution(step.attributes);
  if (!suits || kernel.constant === undefined) return undefined;

  const side = outputs <= 2 && smallest >= 5 ? 4 : 2;
  const [, , height = 0, width = 0] = step.shape;
  const [, , from = 0, across = 0] = images.shape;
  const [rows, columns] = [Math.ceil(height / side), Math.ceil(width / side)];
  const size = [kernelHeight + side - 1, kernelWidth + side - 1] as const;
  const blocks = writer.node("Conv", [
    images.name,
    writer.floats(atEveryOffset(kernel.constant, [outputs, inputs, kernelHeight, kernelWidth], side), [
      outputs * side * side,
      inputs,
      ...size,
    ]),
  ], {
    kernel_shape: { ints: size },
    strides: { ints: [side, side] },
    pads: {
      ints: [
        top,
        left,
        (rows - 1) * side + size[0] - from - top,
        (columns - 1) * side + size[1] - across - left,
      ],
    },
  });
  const pixels = writer.node("DepthToSpace", [blocks], { blocksize: { int: side }, mode: { string: "CRD" } });
  const [below, beyond] = [rows * side - height, columns * side - width];
  return below + beyond === 0 ? pixels : padded(writer, pixels, [0, 0, 0, 0], [0, 0, -below, -beyond]);
}

/** Kernels [outputs, block row, block column, inputs, tall, wide] that hold the given ones at each offset in a block. */
function atEveryOffset(
  kernel: Float32Array,
  [outputs, inputs, height, width]: readonly [number, number, number, number],
  side: number,
): Float32Array {
  const [tall, wide] = [height + side - 1, width + side - 1];
  const moved = new Float32Array(outputs * side * side * inputs * tall * wide);
  for (let output = 0; output < outputs; output++) {
    for (let down = 0; down < side; down++) {
      for (let right = 0; right < side; right++) {
        for (let input = 0; input < inputs; input++) {
          const place = ((output * side + down) * side + right) * inputs + input;
          for (let row = 0; row < height; row++) {
            const first = ((output * inputs + input) * height + row) * width;
            moved.set(kernel.subarray(first, first + width), (place * tall + row + down) * wide + right);
          }
        }
      }
    }
  }
  return moved;
}
