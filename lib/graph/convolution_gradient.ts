/**
 * The gradient of a convolution by its images.
 * @module
 */
import { sameShape, shapeText } from "./broadcasting.ts";
import type { Shape, Tensor } from "./graph.ts";
import { nodeOf, tensorAt } from "./graph_builder.ts";
import { constant, conv2d, conv2dTransposed, gather, multiply, reshape, transpose } from "./operations.ts";
import type { OpAttributes } from "./ops.ts";
import { asImages, dilatedSize } from "./window_shapes.ts";

/**
 * The adjoint of `conv2d` applied to the gradient of what it made. At stride 1 that is again a convolution, with the
 * kernel flipped, its two channel axes exchanged, and a border of (kernel size - 1 - border).
 */
export function convolutionGradient(
  gradient: Tensor,
  imageShape: Shape,
  kernel: Tensor,
  attributes: OpAttributes["conv2d"],
): Tensor {
  const { stride, pad, groups = 1, dilation = [1, 1] } = attributes;
  const images = asImages(imageShape);
  const window = asImages(kernel.shape);
  if (!images || !window) throw new Error("convolutionGradient: expected images and a kernel of four axes");
  const [top, left, bottom, right] = pad;
  const [tall, wide] = dilatedSize([window.height, window.width], dilation);
  const border = [tall - 1 - top, wide - 1 - left, tall - 1 - bottom, wide - 1 - right] as const;
  if (stride.every((step) => step === 1) && border.every((count) => count >= 0)) {
    const adjoint = adjointKernel(kernel, groups);
    const isPointwise = window.height * window.width === 1 && pad.every((count) => count === 0);
    const shared = isPointwise && groups === 1 && images.channels < window.batch
      ? sharedFactor(gradient)
      : undefined;
    return shared === undefined
      ? conv2d(gradient, adjoint, { pad: border, groups, dilation })
      : multiply(shared.factor, conv2d(shared.channels, adjoint));
  }
  return conv2dTransposed(gradient, kernel, { ...attributes, height: images.height, width: images.width });
}

/**
 * The operands of a product in which one channel stands for all. It may as well be multiplied by after channels have been
 * summed, when they are fewer.
 */
function sharedFactor(gradient: Tensor): { readonly factor: Tensor; readonly channels: Tensor } | undefined {
  const { op, inputs } = nodeOf(gradient);
  if (op !== "multiply") return undefined;
  const operands = inputs.map((id) => tensorAt(gradient.graph, id));
  const factor = operands.find(({ shape }) => sameShape(shape, gradient.shape.with(1, 1)));
  const channels = operands.find(({ shape }) => sameShape(shape, gradient.shape));
  return factor && channels && { factor, channels };
}

/** In each group [out, in, height, width] becomes [in, out, height, width], turned by 180 degrees. */
function adjointKernel(kernel: Tensor, groups: number): Tensor {
  const node = nodeOf(kernel);
  if (node.op === "constant") return adjointConstant(kernel, node.attributes.data, groups);
  const [outputs = 0, inputs = 0, height = 0, width = 0] = kernel.shape;
  const grouped = reshape(kernel, [groups, outputs / groups, inputs, height, width]);
  const exchanged = reshape(transpose(grouped, [0, 2, 1, 3, 4]), [
    groups * inputs,
    outputs / groups,
    height,
    width,
  ]);
  const reversedRows = gather(exchanged, 2, reversed(exchanged.shape[2]));
  return gather(reversedRows, 3, reversed(exchanged.shape[3]));
}

/** By the kernel's data and its shape: what engines make of weights is remembered by the array that holds them. */
const adjoints = new WeakMap<Float32Array, Map<string, Float32Array>>();

function adjointConstant(kernel: Tensor, data: Float32Array, groups: number): Tensor {
  const [outputs = 0, channels = 0, height = 0, width = 0] = kernel.shape;
  const out = outputs / groups;
  const made = adjoints.get(data) ?? new Map<string, Float32Array>();
  adjoints.set(data, made);
  const name = `${groups} of ${shapeText([out, channels, height, width])}`;
  const adjoint = made.get(name) ?? adjointOf(data, [groups, out, channels, height, width]);
  made.set(name, adjoint);
  return constant(kernel.graph, adjoint, [groups * channels, out, height, width]);
}

function adjointOf(
  data: Float32Array,
  [groups, out, channels, height, width]: readonly [number, number, number, number, number],
): Float32Array {
  const area = height * width;
  const adjoint = new Float32Array(data.length);
  for (let group = 0; group < groups; group++) {
    for (let o = 0; o < out; o++) {
      for (let c = 0; c < channels; c++) {
        const from = ((group * out + o) * channels + c) * area;
        const to = ((group * channels + c) * out + o) * area;
        for (let i = 0; i < area; i++) adjoint[to + i] = data[from + area - 1 - i] ?? 0;
      }
    }
  }
  return adjoint;
}

function reversed(length = 0): readonly number[] {
  return Array.from({ length }, (_, index) => length - 1 - index);
}
