/**
 * Sums and products of matrices.
 * @module
 */
import { broadcastShapes, elementCount, sameShape } from "../../graph/broadcasting.ts";
import { shapeAt, type TensorFlowRules, unary } from "./rule.ts";

/** Rules of sums and products of matrices. */
export const linearAlgebraRules = {
  sum: unary((tf, x, { attributes: { axes } }) => axes.length === 0 ? tf.clone(x) : tf.sum(x, axes, true)),
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
