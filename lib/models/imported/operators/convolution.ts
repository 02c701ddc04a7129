/**
 * Convolutions of images, of stacks of images out of convolutions of images, and their adjoints.
 * @module
 */
import type { GraphBuilder, Tensor } from "../../../graph/graph.ts";
import {
  add,
  constant,
  conv2d,
  conv2dTransposed,
  gather,
  pad,
  reshape,
  transpose,
} from "../../../graph/operations.ts";
import type { ImportedNode, ImportOperator } from "../imported_node.ts";
import { type ImportedValue, type KnownValue, tensorOfValue } from "../value.ts";
import { type AxesWindow, imageWindow, placesAlong, windowOf } from "./windows.ts";

/** Operators by ONNX's name. */
export const convolutionOperators: Readonly<Record<string, ImportOperator>> = {
  Conv: (node) => {
    const window = windowOf(node, node.shape(1).slice(2), node.shape(0).slice(2));
    const groups = node.int("group") ?? 1;
    const x = node.tensor(0);
    const made = window.size.length === 2
      ? conv2d(x, node.tensor(1), { ...imageWindow(window), groups })
      : convolveStack(x, node.known(1), window, groups);
    return withBias(node, made);
  },
  ConvTranspose: (node) => {
    const lengths = node.shape(0).slice(2);
    if (lengths.length !== 2) throw new Error(`ConvTranspose over ${lengths.length} axes is not supported`);
    if (node.has("output_shape") || (node.string("auto_pad") ?? "NOTSET") !== "NOTSET") {
      throw new Error("ConvTranspose with output_shape or auto_pad is not supported");
    }
    const window = windowOf(node, node.shape(1).slice(2), lengths);
    const { size, stride, dilation, pad } = imageWindow(window);
    const [top, left, bottom, right] = pad;
    const [below = 0, beyond = 0] = node.ints("output_padding") ?? [];
    const [tall, wide] = [(size[0] - 1) * dilation[0] + 1, (size[1] - 1) * dilation[1] + 1];
    const [down = 0, across = 0] = lengths;
    return withBias(
      node,
      conv2dTransposed(node.tensor(0), node.tensor(1), {
        stride,
        pad,
        dilation,
        groups: node.int("group") ?? 1,
        height: (down - 1) * stride[0] + tall - top - bottom + below,
        width: (across - 1) * stride[1] + wide - left - right + beyond,
      }),
    );
  },
};

function withBias(node: ImportedNode, made: Tensor): readonly ImportedValue[] {
  const given = node.inputs[2];
  if (given === undefined) return [{ tensor: made, channels: 1 }];
  const bias = reshape(tensorOfValue(node.graph, given), [
    1,
    made.shape[1] ?? 0,
    ...made.shape.slice(2).map(() => 1),
  ]);
  return [{ tensor: add(made, bias), channels: 1 }];
}

/**
 * A convolution over frames, rows and columns: each place in time is one of images whose channels are those of all frames
 * that the kernel sees there.
 * @param x [1, channels, frames, height, width]
 * @param kernel [outputs, channels / groups, frames, height, width]
 */
function convolveStack(x: Tensor, kernel: KnownValue, window: AxesWindow, groups: number): Tensor {
  const [batch = 1, channels = 0, frames = 0, height = 0, width = 0] = x.shape;
  const [outputs = 0, , seen = 1] = kernel.shape;
  if (batch !== 1) throw new Error(`a batch of ${batch} stacks of frames is not supported`);
  const images = { ...imageWindow(window), groups };
  const places = placesAlong(window, 0, frames);
  const byFrame = transpose(reshape(x, [channels, frames, height, width]), [1, 0, 2, 3]);
  const isOneToOne = seen === 1 && window.stride[0] === 1 && places === frames;
  const stacked = isOneToOne ? byFrame : stackedFrames(byFrame, window, { places, groups });
  const made = conv2d(stacked, framesAsChannels(x.graph, kernel), images);
  const [, , down = 0, across = 0] = made.shape;
  return reshape(transpose(made, [1, 0, 2, 3]), [1, outputs, places, down, across]);
}

/**
 * At each place in time the frames that the kernel sees there, as channels; zeros before the first and after the last. Those of a
 * group stand together.
 */
function stackedFrames(
  frames: Tensor,
  { size, stride, dilation, before, after }: AxesWindow,
  { places, groups }: { readonly places: number; readonly groups: number },
): Tensor {
  const [, channels = 0, height = 0, width = 0] = frames.shape;
  const [seen = 1] = size;
  const zeros = (count = 0) => [count, 0, 0, 0];
  const isPadded = before[0] !== 0 || after[0] !== 0;
  const padded = isPadded ? pad(frames, zeros(before[0]), zeros(after[0])) : frames;
  const indices = Array.from(
    { length: places * seen },
    (_, i) => Math.floor(i / seen) * (stride[0] ?? 1) + (i % seen) * (dilation[0] ?? 1),
  );
  const found = gather(padded, 0, indices);
  const whole = [places, seen * channels, height, width];
  if (groups === 1) return reshape(found, whole);
  const grouped = reshape(found, [places, seen, groups, channels / groups, height, width]);
  return reshape(transpose(grouped, [0, 2, 1, 3, 4, 5]), whole);
}

/** By the kernel's data: what engines make of weights is remembered by the array that holds them. */
const kernelsOfImages = new WeakMap<KnownValue["data"], Float32Array>();

/** [outputs, channels, frames, height, width] as [outputs, frames x channels, height, width]. */
function framesAsChannels(graph: GraphBuilder, { data, shape }: KnownValue): Tensor {
  const [outputs = 0, channels = 0, frames = 0, height = 0, width = 0] = shape;
  const area = height * width;
  const made = kernelsOfImages.get(data) ?? new Float32Array(data.length);
  if (!kernelsOfImages.has(data)) {
    let next = 0;
    for (let output = 0; output < outputs; output++) {
      for (let frame = 0; frame < frames; frame++) {
        for (let channel = 0; channel < channels; channel++, next += area) {
          const from = ((output * channels + channel) * frames + frame) * area;
          made.set(data.subarray(from, from + area), next);
        }
      }
    }
    kernelsOfImages.set(data, made);
  }
  return constant(graph, made, [outputs, frames * channels, height, width]);
}
