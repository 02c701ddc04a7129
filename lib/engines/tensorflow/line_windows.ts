/**
 * Windows that slide along one axis, by whole tensors: no window is looked at alone. What is cut is laid out in rows, since
 * TensorFlow.js cuts tensors of more axes element by element on some backends.
 * @module
 */
import type { DeviceTensor, TensorFlow } from "./library.ts";

/** A window along the middle axis of a tensor [lines, length, beside]. */
export interface LineWindow {
  readonly lines: number;
  readonly length: number;
  /** Elements that lie beside each other at each place of the axis. */
  readonly beside: number;
  readonly size: number;
  readonly stride: number;
  /** Places before the first element that the first window reaches over. */
  readonly border: number;
  /** Places of the window. */
  readonly places: number;
}

/** The lowest float32: never the maximum beside an element. */
const lowest = -3.4028234663852886e38;

/** The first elements of all windows, [lines, places * beside], then the second ones ... The border has the lowest number. */
export function elementsOfWindows(
  tf: TensorFlow,
  x: DeviceTensor,
  window: LineWindow,
): readonly DeviceTensor[] {
  const { lines, length, beside, size, stride, border, places } = window;
  const steps = stepsOf(window);
  const rows = tf.reshape(x, [lines, length * beside]);
  const whole = fitted(tf, rows, border * beside, steps * stride * beside, lowest);
  // Every how many-th elements: those that windows have in the same place lie beside each other then.
  const rounds = stride === 1
    ? whole
    : tf.transpose(tf.reshape(whole, [lines * steps, stride, beside]), [1, 0, 2]);
  const parted = tf.reshape(rounds, [stride * lines, steps * beside]);
  return Array.from({ length: size }, (_, element) => {
    const [round, step] = [element % stride, Math.floor(element / stride)];
    return tf.slice(parted, [round * lines, step * beside], [lines, places * beside]);
  });
}

/** The adjoint of `elementsOfWindows`: what overlapping windows say of an element is added up, and the border left out. */
export function overlaid(
  tf: TensorFlow,
  elements: readonly DeviceTensor[],
  window: LineWindow,
): DeviceTensor {
  const { lines, length, beside, stride, border } = window;
  const steps = stepsOf(window);
  const byRound = Map.groupBy(elements.entries(), ([element]) => element % stride);
  const sums = [...byRound.values()].map((round) =>
    round.map(([element, x]) => fitted(tf, x, Math.floor(element / stride) * beside, steps * beside, 0))
      .reduce((sum, x) => tf.add(sum, x))
  );
  const rounds = tf.reshape(tf.concat(sums, 0), [sums.length, lines * steps, beside]);
  const woven = stride === 1 ? rounds : tf.transpose(
    // Places between windows, which none reaches.
    sums.length < stride ? tf.pad(rounds, [[0, stride - sums.length], [0, 0], [0, 0]]) : rounds,
    [1, 0, 2],
  );
  const rows = tf.reshape(woven, [lines, steps * stride * beside]);
  return fitted(tf, rows, -border * beside, length * beside, 0);
}

/** Strides that hold all elements of all windows. */
function stepsOf({ size, stride, places }: LineWindow): number {
  return places - 1 + Math.ceil(size / stride);
}

/**
 * Of rows [lines, count] those with another length, their elements moved by `offset`: what is missing is `filling`, what does
 * not fit is left out.
 */
function fitted(
  tf: TensorFlow,
  x: DeviceTensor,
  offset: number,
  length: number,
  filling: number,
): DeviceTensor {
  const [lines = 0, count = 0] = x.shape;
  const [before, after] = [Math.max(0, offset), Math.max(0, length - offset - count)];
  const padded = before + after > 0 ? tf.pad(x, [[0, 0], [before, after]], filling) : x;
  if (before + count + after === length) return padded;
  return tf.slice(padded, [0, Math.max(0, -offset)], [lines, length]);
}
