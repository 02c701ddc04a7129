/**
 * A small network on which engines are tried out: whether they compute what they should, and how fast.
 * @module
 */
import { gradient } from "../graph/gradient.ts";
import type { Graph } from "../graph/graph.ts";
import { createGraphBuilder } from "../graph/graph_builder.ts";
import { constant, conv2d, input, maxPool2d, relu, sumOfAll } from "../graph/operations.ts";
import type { Engine, TensorValues } from "./engine.ts";

/** Off by more than this, by the largest value of an output, an engine is wrong: rounding alone stays far below. */
export const mostOff = 1e-5;

/** The same where convolutions are computed in float16. */
export const mostOffInFloat16 = 5e-3;

/** How far an engine's loss and gradient of a small network are off those of another one, by the largest value. */
export async function differenceOf(engine: Engine, judge: Engine): Promise<number> {
  return largestDifference(await evaluate(engine), await evaluate(judge));
}

/** Seconds that an engine takes for a convolution as networks have them, in a run after a first one. */
export async function secondsOf(engine: Engine): Promise<number> {
  const [channels, side] = [64, 48];
  const graph = createGraphBuilder();
  const kernel = constant(graph, waves(channels * channels * 9), [channels, channels, 3, 3]);
  const shape = [1, channels, side, side];
  const made = conv2d(input(graph, "frame", shape), kernel, { pad: 1 });
  await using program = await engine.compile(graph.finish({ sum: sumOfAll(made) }));
  const inputs = { frame: { shape, data: waves(channels * side * side) } };
  // The first run compiles what it needs.
  await program.run(inputs);
  const began = performance.now();
  await program.run(inputs);
  return (performance.now() - began) / 1000;
}

async function evaluate(engine: Engine): Promise<TensorValues> {
  await using program = await engine.compile(smallNetwork());
  return await program.run({ frame: { shape: frameShape, data: waves(3 * 8 * 8) } });
}

const frameShape = [1, 3, 8, 8];

/** A convolution, what follows one in every network, and the gradient of it all. */
function smallNetwork(): Graph {
  const graph = createGraphBuilder();
  const frame = input(graph, "frame", frameShape);
  const kernel = constant(graph, waves(4 * 3 * 9), [4, 3, 3, 3]);
  const features = maxPool2d(relu(conv2d(frame, kernel, { pad: 1 })), { size: 2, stride: 2 });
  const loss = sumOfAll(features);
  return graph.finish({ loss, gradient: gradient(loss, frame) });
}

/** Numbers of both signs, the same each time. */
function waves(count: number): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => Math.sin(i * i) / 2);
}

/** By the largest value of each output. */
function largestDifference(found: TensorValues, expected: TensorValues): number {
  return Math.max(
    ...Object.entries(expected).map(([name, { data }]) => {
      const other = found[name]?.data ?? new Float32Array();
      const largest = data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      return data.reduce((most, value, i) => Math.max(most, Math.abs(value - (other[i] ?? NaN))), 0) /
        largest;
    }),
  );
}
