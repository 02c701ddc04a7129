/**
 * Sums and products of matrices.
 * @module
 */
import { broadcastShapes, elementCount, sameShape } from "../../graph/broadcasting.ts";
import type { DeviceTensor, TensorFlow } from "./library.ts";
import { shapeAt, type TensorFlowRules, unary } from "./rule.ts";

/** Rules of sums and products of matrices. */
export const linearAlgebraRules = {
  sum: unary((tf, x, { attributes: { axes }, shape }) => {
    const last = axes.toSorted((a, b) => b - a);
    return tf.reshape(last.reduce((sums, axis) => sumAlong(tf, sums, axis), x), shape);
  }),
  matmul: (tf, step) => {
    const [a, b] = [shapeAt(step, 0), shapeAt(step, 1)];
    const [batchOfA, batchOfB] = [a.slice(0, -2), b.slice(0, -2)];
    const batch = broadcastShapes(batchOfA, batchOfB) ?? [];
    // TensorFlow.js repeats one matrix for all, and is not to be trusted with more.
    const isPlain = sameShape(batchOfA, batchOfB) ||
      (a.length === b.length && [batchOfA, batchOfB].some((shape) => elementCount(shape) === 1));
    if (isPlain) return (input) => tf.matMul(input(0), input(1));
    const repeated = [[...batch, ...a.slice(-2)], [...batch, ...b.slice(-2)]] as const;
    return (input) => tf.matMul(tf.broadcastTo(input(0), repeated[0]), tf.broadcastTo(input(1), repeated[1]));
  },
  resample: (tf, step) => {
    const { attributes: { axis, matrix: { to, from, data } }, shape, keep } = step;
    const before = elementCount(shape.slice(0, axis));
    const after = elementCount(shape.slice(axis + 1));
    const matrix = keep(data, [1, to, from]);
    return (input) => tf.reshape(tf.matMul(matrix, tf.reshape(input(0), [before, from, after])), shape);
  },
} satisfies Partial<TensorFlowRules>;

/** As many numbers are added up one after the other, as some backends do it in float32, at most. */
const longestLine = 64;

/** Along one axis, which stays with length 1; a long one in parts, of which each loses a few digits less. */
function sumAlong(tf: TensorFlow, x: DeviceTensor, axis: number): DeviceTensor {
  const { shape } = x;
  const length = shape[axis] ?? 1;
  const part = length > longestLine ? largestDivisor(length, longestLine) : length;
  if (part === length || part === 1) return tf.sum(x, [axis], true);
  const parts = tf.reshape(x, [
    elementCount(shape.slice(0, axis)),
    length / part,
    part,
    elementCount(shape.slice(axis + 1)),
  ]);
  const sums = tf.reshape(tf.sum(parts, [2], true), shape.with(axis, length / part));
  return sumAlong(tf, sums, axis);
}

function largestDivisor(whole: number, most: number): number {
  let divisor = most;
  while (whole % divisor !== 0) divisor--;
  return divisor;
}
