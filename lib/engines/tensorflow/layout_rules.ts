/**
 * Operations that only move elements.
 * @module
 */
import { elementCount } from "../../graph/broadcasting.ts";
import type { Border, DeviceTensor, TensorFlow } from "./library.ts";
import { shapeAt, type TensorFlowRules, unary } from "./rule.ts";

/** Rules of the operations that only move elements. */
export const layoutRules = {
  reshape: unary((tf, x, { shape }) => tf.reshape(x, shape)),
  transpose: unary((tf, x, { attributes: { permutation } }) => tf.transpose(x, permutation)),
  slice: unary((tf, x, { attributes: { starts }, shape }) => tf.slice(x, starts, shape)),
  pad: unary((tf, x, { attributes: { before, after } }) =>
    padded(tf, x, before.map((count, axis): Border => [count, after[axis] ?? 0]))
  ),
  concat: (tf, { attributes: { axis }, inputs }) => {
    const positions = inputs.map((_, position) => position);
    return (input) => tf.concat(positions.map(input), axis);
  },
  gather: (tf, { attributes: { axis, indices }, keep }) => {
    const places = keep(Int32Array.from(indices), [indices.length]);
    return (input) => tf.gather(input(0), places, axis);
  },
  /** Each round gathers at most one element for each place, and 0 from behind the last where there is none. */
  scatter_add: (tf, step) => {
    const { attributes: { axis, indices, length }, keep } = step;
    const rounds = sourcesOfPlaces(indices, length).map((round) => keep(round, [length]));
    const zeroBehind = shapeAt(step, 0).map((_, other): Border => [0, other === axis ? 1 : 0]);
    return (input) => {
      const x = padded(tf, input(0), zeroBehind);
      return rounds.map((round) => tf.gather(x, round, axis)).reduce((sum, part) => tf.add(sum, part));
    };
  },
  broadcast: unary((tf, x, { shape }) => tf.broadcastTo(x, shape)),
} satisfies Partial<TensorFlowRules>;

/** TensorFlow.js's WebGPU pads up to four axes rightly: more than those are padded one by one. */
function padded(tf: TensorFlow, x: DeviceTensor, borders: readonly Border[]): DeviceTensor {
  if (borders.length <= 4) return tf.pad(x, borders);
  const { shape } = x;
  return borders.reduce((made, border, axis) => {
    const around = [
      elementCount(made.shape.slice(0, axis)),
      elementCount(made.shape.slice(axis + 1)),
    ] as const;
    const lines = tf.reshape(made, [around[0], made.shape[axis] ?? 0, around[1]]);
    const length = (shape[axis] ?? 0) + border[0] + border[1];
    return tf.reshape(tf.pad(lines, [[0, 0], border, [0, 0]]), made.shape.with(axis, length));
  }, x);
}

/** In each round for each place the position of an element that is added to it, or the count of elements where none is left. */
function sourcesOfPlaces(indices: readonly number[], length: number): readonly Int32Array[] {
  const sources = Array.from({ length }, (): number[] => []);
  indices.forEach((place, position) => sources[place]?.push(position));
  const rounds = Math.max(1, ...sources.map((found) => found.length));
  return Array.from(
    { length: rounds },
    (_, round) => Int32Array.from(sources, (found) => found[round] ?? indices.length),
  );
}
