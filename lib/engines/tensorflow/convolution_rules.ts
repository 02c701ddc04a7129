/**
 * Convolution and its adjoint. TensorFlow.js has them for images with channels last, [batch, height, width, channels], and
 * kernels [height, width, in, out].
 * @module
 */
import type { Shape } from "../../graph/graph.ts";
import type { OpAttributes } from "../../graph/ops.ts";
import { dilatedSize } from "../../graph/window_shapes.ts";
import type { Border, DeviceTensor, TensorFlow } from "./library.ts";
import { type Compute, shapeAt, type Step, type TensorFlowRules } from "./rule.ts";

const once = [1, 1] as const;

/** Rules of convolution and its adjoint. */
export const convolutionRules = {
  conv2d: (tf, step) => {
    if (isPointwise(step)) return pointwise(tf, step);
    const { groups = 1 } = step.attributes;
    const [, channels = 0] = shapeAt(step, 1);
    const convolve = groups > 1 && channels === 1 ? depthwise(tf, step) : grouped(tf, step);
    return (input) => channelsFirst(tf, convolve(input));
  },
  conv2d_transposed: (tf, step) => {
    const { attributes: { stride, pad: [top, left, bottom, right], groups = 1, dilation = once }, shape } =
      step;
    const [batch = 0, channels = 0, height = 0, width = 0] = shape;
    const [out = 0] = shapeAt(step, 1);
    const [each, outOfEach] = [channels / groups, out / groups];
    const filter = step.prepared(1, (kernel) => dilated(tf, filterOf(tf, kernel), dilation));
    const whole = [batch, height + top + bottom, width + left + right, each] as const;
    return (input) => {
      const [made, kernels] = [channelsLast(tf, input(0)), filter(input)];
      const parts = Array.from({ length: groups }, (_, group) => {
        const images = part(tf, made, group * outOfEach, outOfEach);
        return tf.conv2dTranspose(
          images,
          part(tf, kernels, group * outOfEach, outOfEach),
          whole,
          stride,
          "valid",
        );
      });
      const images = joined(tf, parts);
      return channelsFirst(tf, tf.slice(images, [0, top, left, 0], [batch, height, width, channels]));
    };
  },
} satisfies Partial<TensorFlowRules>;

/** A kernel of one element mixes channels at each place: a product of matrices, for which nothing need be moved. */
function isPointwise(step: Step<"conv2d">): boolean {
  const { stride, pad, groups = 1 } = step.attributes;
  const [, , height, width] = shapeAt(step, 1);
  return height === 1 && width === 1 && groups === 1 && stride.every((count) => count === 1) &&
    pad.every((count) => count === 0);
}

function pointwise(tf: TensorFlow, step: Step<"conv2d">): Compute {
  const { shape } = step;
  const [batch = 0, channels = 0, height = 0, width = 0] = shapeAt(step, 0);
  const [out = 0] = shapeAt(step, 1);
  const matrix = step.prepared(1, (kernel) => tf.reshape(kernel, [1, out, channels]));
  return (input) =>
    tf.reshape(tf.matMul(matrix(input), tf.reshape(input(0), [batch, channels, height * width])), shape);
}

/** One convolution for each group. */
function grouped(tf: TensorFlow, step: Step<"conv2d">): Compute {
  const { attributes: { stride, pad: [top, left, bottom, right], groups = 1, dilation = once } } = step;
  const [out = 0, channels = 0] = shapeAt(step, 1);
  const filter = step.prepared(1, (kernel) => filterOf(tf, kernel));
  const pad = [[0, 0], [top, bottom], [left, right], [0, 0]] as const;
  return (input) => {
    const [images, kernels] = [channelsLast(tf, input(0)), filter(input)];
    const parts = Array.from(
      { length: groups },
      (_, group) =>
        strided(tf, stride, dilation, (strides) =>
          tf.conv2d(
            part(tf, images, group * channels, channels),
            part(tf, kernels, group * (out / groups), out / groups),
            strides,
            pad,
            "NHWC",
            dilation,
          )),
    );
    return joined(tf, parts);
  };
}

/** Each channel has kernels of its own. */
function depthwise(tf: TensorFlow, step: Step<"conv2d">): Compute {
  const { attributes: { stride, pad: [top, left, bottom, right], groups = 1, dilation = once } } = step;
  const [out = 0, , height = 0, width = 0] = shapeAt(step, 1);
  // Kernels of a channel follow each other: [height, width, channel, kernel of the channel].
  const filter = step.prepared(
    1,
    (kernel) => tf.reshape(tf.transpose(kernel, [2, 3, 0, 1]), [height, width, groups, out / groups]),
  );
  const border: readonly Border[] = [[0, 0], [top, bottom], [left, right], [0, 0]];
  return (input) => {
    const images = tf.pad(channelsLast(tf, input(0)), border);
    return strided(
      tf,
      stride,
      dilation,
      (strides) => tf.depthwiseConv2d(images, filter(input), strides, "valid", "NHWC", dilation),
    );
  };
}

/** TensorFlow.js takes no strides beside a dilation: then places are left out afterwards. */
function strided(
  tf: TensorFlow,
  stride: OpAttributes["conv2d"]["stride"],
  dilation: readonly [number, number],
  convolve: (strides: readonly [number, number]) => DeviceTensor,
): DeviceTensor {
  const isBoth = [stride, dilation].every((counts) => counts.some((count) => count > 1));
  if (!isBoth) return convolve(stride);
  return [...stride.entries()].reduce(
    (x, [place, count]) => everyNth(tf, x, place + 1, count),
    convolve(once),
  );
}

/** Elements 0, n, 2 n ... along an axis. */
function everyNth(tf: TensorFlow, x: DeviceTensor, axis: number, count: number): DeviceTensor {
  const { shape } = x;
  const length = Math.ceil((shape[axis] ?? 0) / count);
  const missing = length * count - (shape[axis] ?? 0);
  const whole = tf.pad(x, shape.map((_, other): Border => [0, other === axis ? missing : 0]));
  const split = [...shape.slice(0, axis), length, count, ...shape.slice(axis + 1)];
  const firsts = tf.slice(tf.reshape(whole, split), split.map(() => 0), split.with(axis + 1, 1));
  return tf.reshape(firsts, shape.with(axis, length));
}

/** Zeros between the elements of a kernel [height, width, in, out]. */
function dilated(tf: TensorFlow, filter: DeviceTensor, dilation: readonly [number, number]): DeviceTensor {
  if (dilation.every((count) => count === 1)) return filter;
  const [height = 0, width = 0, ...channels] = filter.shape;
  const [vertical, horizontal] = dilation;
  const apart = (x: DeviceTensor, lines: number, count: number): DeviceTensor =>
    tf.pad(tf.reshape(x, [lines, 1, -1]), [[0, 0], [0, count - 1], [0, 0]]);
  const rows = apart(filter, height, vertical);
  const even = apart(rows, height * vertical * width, horizontal);
  const [tall, wide] = dilatedSize([height, width], dilation);
  const spread = tf.reshape(even, [height * vertical, width * horizontal, ...channels]);
  return tf.slice(spread, [0, 0, 0, 0], [tall, wide, ...channels]);
}

function filterOf(tf: TensorFlow, kernel: DeviceTensor): DeviceTensor {
  return tf.transpose(kernel, [2, 3, 1, 0]);
}

function channelsLast(tf: TensorFlow, x: DeviceTensor): DeviceTensor {
  return tf.transpose(x, [0, 2, 3, 1]);
}

function channelsFirst(tf: TensorFlow, x: DeviceTensor): DeviceTensor {
  return tf.transpose(x, [0, 3, 1, 2]);
}

/** So many elements along the last of four axes; the tensor itself where that is all of it. */
function part(tf: TensorFlow, x: DeviceTensor, start: number, count: number): DeviceTensor {
  const shape: Shape = x.shape.with(3, count);
  return x.shape[3] === count ? x : tf.slice(x, [0, 0, 0, start], shape);
}

function joined(tf: TensorFlow, parts: readonly DeviceTensor[]): DeviceTensor {
  const [only] = parts;
  return only && parts.length === 1 ? only : tf.concat(parts, 3);
}
