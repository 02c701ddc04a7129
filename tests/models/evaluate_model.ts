/**
 * Runs a model on frames, for tests.
 * @module
 */
import type { Engine, TensorValue, TensorValues } from "../../lib/engines/engine.ts";
import { createGraphBuilder } from "../../lib/graph/graph_builder.ts";
import { divide, input } from "../../lib/graph/operations.ts";
import { wholeActivations } from "../../lib/models/activations.ts";
import { channelProducts } from "../../lib/synthesis/terms/channel_products.ts";
import type { StreamModel } from "../../lib/models/stream_model.ts";

/** The layers under their names, [channels, height, width], and beside each its Gram matrix A A^T / M under `gram <name>`. */
export async function evaluateModel(
  engine: Engine,
  model: StreamModel,
  frames: readonly TensorValue[],
  wanted: readonly string[],
): Promise<TensorValues> {
  const graph = createGraphBuilder();
  const layers = model.layers(frames.map(({ shape }, i) => input(graph, `frame ${i}`, shape)), wanted);
  const outputs = Object.entries(layers).flatMap(([name, layer]) => [
    [name, wholeActivations(layer)] as const,
    [`gram ${name}`, divide(channelProducts(layer), layer.size[0] * layer.size[1])] as const,
  ]);
  await using program = await engine.compile(graph.finish(Object.fromEntries(outputs)));
  return await program.run(Object.fromEntries(frames.map((frame, i) => [`frame ${i}`, frame])));
}

/** The value under that name; throws when there is none. */
export function named(values: TensorValues, name: string): TensorValue {
  const value = values[name];
  if (value === undefined) throw new Error(`no ${name} among ${Object.keys(values).join(", ")}`);
  return value;
}

/** A layer as TensorFlow has it, [rows, columns, channels], of every `step`-th row and column. */
export function channelsLast({ shape, data }: TensorValue, step = 1): TensorValue {
  const [channels = 0, height = 0, width = 0] = shape;
  const [rows, columns] = [Math.ceil(height / step), Math.ceil(width / step)];
  const moved = Float32Array.from({ length: rows * columns * channels }, (_, i) => {
    const [channel, place] = [i % channels, Math.floor(i / channels)];
    const [y, x] = [Math.floor(place / columns) * step, (place % columns) * step];
    return data[(channel * height + y) * width + x] ?? NaN;
  });
  return { shape: [rows, columns, channels], data: moved };
}

/** The mean of each channel of a layer. */
export function channelMeans({ shape, data }: TensorValue): TensorValue {
  const [channels = 0, height = 0, width = 0] = shape;
  const pixels = height * width;
  const means = Float32Array.from({ length: channels }, (_, channel) => {
    let sum = 0;
    for (const value of data.subarray(channel * pixels, (channel + 1) * pixels)) sum += value;
    return sum / pixels;
  });
  return { shape: [channels], data: means };
}
