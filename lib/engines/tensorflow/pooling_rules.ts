/**
 * Max pooling and its gradient, along rows and then along columns. TensorFlow.js has gradients of its own, which differ
 * between its backends where elements of a window are equal: here the first in row-major order gets it on all of them.
 * @module
 */
import type { Shape } from "../../graph/graph.ts";
import type { Window } from "../../graph/ops.ts";
import type { Border, DeviceTensor, TensorFlow } from "./library.ts";
import { binary, type TensorFlowRules, unary } from "./rule.ts";

/** The lowest float32: never the maximum beside an element. */
const lowest = -3.4028234663852886e38;

/** Rules of max pooling and its gradient. */
export const poolingRules = {
  max_pool2d: unary((tf, x, { attributes, inputs: [shape = []] }) => {
    const { across, down } = lineWindows(attributes, shape);
    return maximum(tf, maximum(tf, x, across), down);
  }),
  /**
   * The first row whose maximum is the window's, and its first element that is: the window's first maximum in row-major order.
   */
  max_pool2d_gradient: binary((tf, x, gradient, { attributes, shape }) => {
    const { across, down } = lineWindows(attributes, shape);
    const maxima = maximum(tf, x, across);
    const byRow = maximumGradient(tf, maxima, maximum(tf, maxima, down), gradient, down);
    return maximumGradient(tf, x, maxima, byRow, across);
  }),
} satisfies Partial<TensorFlowRules>;

/** A window that slides along one axis. */
interface LineWindow {
  readonly axis: number;
  readonly size: number;
  readonly stride: number;
  readonly before: number;
  /** Elements of the line without its border. */
  readonly length: number;
  /** Places of the window. */
  readonly places: number;
}

function lineWindows(
  { size, stride, pad: [top, left, bottom, right] }: Window,
  [, , height = 0, width = 0]: Shape,
): { readonly across: LineWindow; readonly down: LineWindow } {
  const along = (axis: number, length: number, size: number, stride: number, border: Border): LineWindow => ({
    ...{ axis, size, stride, length, before: border[0] },
    places: Math.floor((length + border[0] + border[1] - size) / stride) + 1,
  });
  return {
    across: along(3, width, size[1], stride[1], [left, right]),
    down: along(2, height, size[0], stride[0], [top, bottom]),
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
  let left = gradient;
  const given = elementsOfWindows(tf, x, window).map((element) => {
    const taken = tf.mul(left, tf.cast(tf.equal(element, maxima), "float32"));
    left = tf.sub(left, taken);
    return taken;
  });
  return sumOfWindows(tf, given, window);
}

/** The first elements of all windows, then the second ones ... each along the places of the window. */
function elementsOfWindows(tf: TensorFlow, x: DeviceTensor, window: LineWindow): readonly DeviceTensor[] {
  const { axis, size, stride, before, places } = window;
  const rounds = Math.max(1, stride);
  const steps = stepsOf(window);
  const whole = fitted(tf, x, axis, before, steps * rounds, lowest);
  const { shape } = whole;
  const split = [...shape.slice(0, axis), steps, rounds, ...shape.slice(axis + 1)];
  const parted = tf.reshape(whole, split);
  return Array.from({ length: size }, (_, element) => {
    const starts = split.map(() => 0).with(axis, Math.floor(element / rounds)).with(
      axis + 1,
      element % rounds,
    );
    const taken = tf.slice(parted, starts, split.with(axis, places).with(axis + 1, 1));
    return tf.reshape(taken, shape.with(axis, places));
  });
}

/** The adjoint of `elementsOfWindows`: what overlapping windows say of an element is added up. */
function sumOfWindows(
  tf: TensorFlow,
  elements: readonly DeviceTensor[],
  window: LineWindow,
): DeviceTensor {
  const { axis, stride, before, length } = window;
  const steps = stepsOf(window);
  const rounds = Array.from({ length: stride }, (_, round) => {
    const moved = elements.flatMap((element, i) =>
      i % stride === round ? [fitted(tf, element, axis, Math.floor(i / stride), steps, 0)] : []
    );
    return moved.reduce<DeviceTensor | undefined>((sum, part) => sum ? tf.add(sum, part) : part, undefined);
  });
  const [first] = rounds;
  if (!first) throw new Error("max_pool2d_gradient: expected a window of at least one element");
  const nothing = rounds.every((round) => round !== undefined) ? first : tf.sub(first, first);
  const woven = tf.stack(rounds.map((round) => round ?? nothing), axis + 1);
  const line = tf.reshape(woven, first.shape.with(axis, steps * stride));
  return fitted(tf, line, axis, -before, length, 0);
}

/** Strides that hold all elements of all windows. */
function stepsOf({ size, stride, places }: LineWindow): number {
  return places - 1 + Math.ceil(size / stride);
}

/** A line of this length with the elements moved by `offset`; what is missing is `filling`, what does not fit is left out. */
function fitted(
  tf: TensorFlow,
  x: DeviceTensor,
  axis: number,
  offset: number,
  length: number,
  filling: number,
): DeviceTensor {
  const count = x.shape[axis] ?? 0;
  const border: Border = [Math.max(0, offset), Math.max(0, length - offset - count)];
  const padded = border.some((added) => added > 0)
    ? tf.pad(x, x.shape.map((_, other) => other === axis ? border : [0, 0] as const), filling)
    : x;
  const start = Math.max(0, -offset);
  if (padded.shape[axis] === length) return padded;
  return tf.slice(
    padded,
    x.shape.map((_, other) => other === axis ? start : 0),
    padded.shape.with(axis, length),
  );
}
