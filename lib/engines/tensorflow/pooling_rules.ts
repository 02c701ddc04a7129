/**
 * Max pooling and its gradient, along rows and then along columns. TensorFlow.js has gradients of its own, which differ
 * between its backends where elements of a window are equal: here the first in row-major order gets it on all of them.
 * @module
 */
import type { Shape } from "../../graph/graph.ts";
import type { Window } from "../../graph/ops.ts";
import type { DeviceTensor, TensorFlow } from "./library.ts";
import { elementsOfWindows, type LineWindow, overlaid } from "./line_windows.ts";
import { binary, type TensorFlowRules, unary } from "./rule.ts";

/** Rules of max pooling and its gradient. */
export const poolingRules = {
  max_pool2d: unary((tf, x, { attributes, inputs: [images = []], shape }) => {
    const { across, down } = lineWindows(attributes, images);
    return tf.reshape(maximum(tf, maximum(tf, x, across), down), shape);
  }),
  /**
   * The first row whose maximum is the window's, and its first element that is: the window's first maximum in row-major order.
   */
  max_pool2d_gradient: binary((tf, x, gradient, { attributes, shape }) => {
    const { across, down } = lineWindows(attributes, shape);
    const maxima = maximum(tf, x, across);
    const byRow = maximumGradient(tf, maxima, maximum(tf, maxima, down), gradient, down);
    return tf.reshape(maximumGradient(tf, x, maxima, byRow, across), shape);
  }),
} satisfies Partial<TensorFlowRules>;

/** The window along each row of the images, and down the columns of what that leaves of them. */
function lineWindows(
  { size, stride, pad: [top, left, bottom, right] }: Window,
  [batch = 0, channels = 0, height = 0, width = 0]: Shape,
): { readonly across: LineWindow; readonly down: LineWindow } {
  const places = (length: number, borders: number, axis: 0 | 1): number =>
    Math.floor((length + borders - size[axis]) / stride[axis]) + 1;
  const columns = places(width, left + right, 1);
  return {
    across: {
      lines: batch * channels * height,
      length: width,
      beside: 1,
      size: size[1],
      stride: stride[1],
      border: left,
      places: columns,
    },
    down: {
      lines: batch * channels,
      length: height,
      beside: columns,
      size: size[0],
      stride: stride[0],
      border: top,
      places: places(height, top + bottom, 0),
    },
  };
}

function maximum(tf: TensorFlow, x: DeviceTensor, window: LineWindow): DeviceTensor {
  return elementsOfWindows(tf, x, window).reduce((most, element) => tf.maximum(most, element));
}

/** Of a maximum's gradient, what each element of the line gets: each window gives its own to its first maximum. */
function maximumGradient(
  tf: TensorFlow,
  x: DeviceTensor,
  maxima: DeviceTensor,
  gradient: DeviceTensor,
  window: LineWindow,
): DeviceTensor {
  const elements = elementsOfWindows(tf, x, window);
  const shape = [window.lines, window.places * window.beside];
  const most = tf.reshape(maxima, shape);
  let left = tf.reshape(gradient, shape);
  const given = elements.map((element) => {
    const taken = tf.mul(left, tf.cast(tf.equal(element, most), "float32"));
    left = tf.sub(left, taken);
    return taken;
  });
  return overlaid(tf, given, window);
}
