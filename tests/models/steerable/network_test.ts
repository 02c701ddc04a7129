import assert from "node:assert/strict";
import type { TensorValue } from "../../../lib/engines/engine.ts";
import { openEngine } from "../../../lib/engines/open.ts";
import { evaluate as evaluateGraph } from "../../../lib/engines/reference/evaluate.ts";
import { openReferenceEngine } from "../../../lib/engines/reference/reference_engine.ts";
import { gradient } from "../../../lib/graph/gradient.ts";
import type { Graph } from "../../../lib/graph/graph.ts";
import { createGraphBuilder } from "../../../lib/graph/graph_builder.ts";
import { add, divide, input, square, subtract, sumOfAll } from "../../../lib/graph/operations.ts";
import { steerable } from "../../../lib/models/steerable/entry.ts";
import { channelProducts } from "../../../lib/synthesis/terms/channel_products.ts";
import { assertAgrees } from "../../engines/conformance_case.ts";
import { seededRandom } from "../../graph/sample_values.ts";
import { channelMeans, evaluateModel, named } from "../evaluate_model.ts";

const model = await steerable.open();
const layers = steerable.declaration.layers;
const levels = layers.filter((name) => name !== "high_pass");

/** Where each kind of channel begins in a level. */
const channel = { colors: 1, responses: 16 } as const;

/** A frame whose pixels are a function of row and column. */
function frame(
  height: number,
  width: number,
  color: (y: number, x: number) => readonly number[],
): TensorValue {
  const pixels = Array.from({ length: height * width }, (_, i) => color(Math.floor(i / width), i % width));
  return { shape: [height, width, 3], data: Float32Array.from(pixels.flat()) };
}

function noise(height: number, width: number): TensorValue {
  const random = seededRandom(5);
  return frame(height, width, () => [random(), random(), random()]);
}

async function evaluate(picture: TensorValue, wanted: readonly string[] = layers) {
  await using engine = await openReferenceEngine();
  return await evaluateModel(engine, model, [picture], wanted);
}

Deno.test("levels that do not fit are the level before from just the side on that the declaration states", () => {
  const { repeatsBelow = {} } = steerable.declaration;
  for (const [layer, side] of Object.entries(repeatsBelow)) {
    const before = layers[layers.indexOf(layer) - 1] ?? "";
    for (const height of [side - 1, side]) {
      const graph = createGraphBuilder();
      const found = model.layers([input(graph, "frame", [height, side, 3])], [before, layer]);
      const isRepeated = found[before]?.size.join() === found[layer]?.size.join();
      assert.equal(isRepeated, height < side, `${layer} at ${height} pixels`);
    }
  }
  assert.deepEqual(Object.keys(repeatsBelow), ["level_3", "level_4"]);
});

/** The squared distance of the Gram matrices of all layers from a half, and its gradient by the frame. */
function lossGraph(height: number, width: number): Graph {
  const graph = createGraphBuilder();
  const picture = input(graph, "frame", [height, width, 3]);
  const losses = Object.values(model.layers([picture], layers)).map((layer) => {
    const gram = divide(channelProducts(layer), layer.size[0] * layer.size[1]);
    return sumOfAll(square(subtract(gram, 0.5)));
  });
  const loss = losses.reduce((total, each) => add(total, each));
  return graph.finish({ loss, gradient: gradient(loss, picture) });
}

Deno.test("steerable's levels halve the size from one to the next, down to 12 pixels", async () => {
  const made = await evaluate(frame(53, 50, (y, x) => [y / 53, x / 50, 0.5]));
  const shapes = layers.map((name) => named(made, name).shape);
  assert.deepEqual(shapes, [
    [10, 53, 50],
    [32, 53, 50],
    [136, 26, 25],
    [40, 13, 12],
    [40, 13, 12],
    [40, 13, 12],
  ]);
  assert.deepEqual(named(made, "level_4").data, named(made, "level_2").data);
});

Deno.test("steerable's levels have the same channels at every size, so that targets of any size compare", async () => {
  const side = steerable.declaration.smallestSide;
  const [small, large] = [await evaluate(noise(side, side)), await evaluate(noise(50, 70))];
  for (const name of layers) {
    assert.deepEqual(named(small, `gram ${name}`).shape, named(large, `gram ${name}`).shape);
  }
});

Deno.test("steerable's filters do not respond to a flat frame, whose color the Gram matrix holds", async () => {
  const made = await evaluate(frame(16, 16, () => [0.8, 0.4, 0.2]));
  for (const name of levels) {
    const means = channelMeans(named(made, name)).data;
    [1, 1.4 / 3, 3 * 0.2, 3 * -0.2].forEach((expected, index) => {
      assert.ok(Math.abs((means[index] ?? NaN) - expected) < 1e-5, `${name}: channel ${index}`);
      const inGram = named(made, `gram ${name}`).data[index] ?? NaN;
      assert.ok(Math.abs(inGram - expected) < 1e-5, `${name}: Gram of channel ${index}`);
    });
    const responses = means.subarray(channel.responses, channel.responses + 16);
    assert.ok(responses.every((mean) => Math.abs(mean) < 1e-4), name);
  }
});

Deno.test("steerable responds to a grating most in the channels of its orientation and scale", async () => {
  const stripes = (period: number) =>
    frame(64, 64, (_, x) => Array<number>(3).fill(0.5 + 0.4 * Math.cos(2 * Math.PI * x / period)));
  const strongest = async (period: number) => {
    const made = await evaluate(stripes(period));
    return levels.slice(0, 3).map((name, level) => {
      const orientations = level === 1 ? 8 : 4;
      const even = channelMeans(named(made, name)).data.subarray(channel.responses).subarray(0, orientations);
      const largest = Math.max(...even);
      return { largest, orientation: even.indexOf(largest) };
    });
  };
  for (const [period, level] of [[4, 0], [8, 1], [16, 2]] as const) {
    const responses = await strongest(period);
    const best = responses.toSorted((a, b) => b.largest - a.largest)[0];
    assert.equal(responses.findIndex((response) => response === best), level, `period ${period}`);
    assert.equal(best?.orientation, 0, `period ${period}`);
  }
});

Deno.test("steerable's high-pass band sees a checkerboard of single pixels, and color in it", async () => {
  const board = (color: readonly [number, number, number]) =>
    frame(16, 16, (y, x) => color.map((value) => 0.5 + ((x + y) % 2 === 0 ? value : -value)));
  const size = async (color: readonly [number, number, number]) =>
    channelMeans(named(await evaluate(board(color), ["high_pass"]), "high_pass")).data.subarray(4, 7);
  const [gray, red] = [await size([0.2, 0.2, 0.2]), await size([0.2, 0, 0])];
  assert.ok(gray[0] !== undefined && gray[0] > 1 && (gray[1] ?? NaN) < 0.02, String(gray));
  assert.ok(red[1] !== undefined && red[1] > 1, String(red));
});

Deno.test("steerable builds only the layers that are wanted", async () => {
  const made = await evaluate(frame(16, 16, () => [0, 0, 0]), ["level_1"]);
  assert.deepEqual(Object.keys(made), ["level_1", "gram level_1"]);
});

Deno.test("steerable's gradient matches central differences", () => {
  const graph = lossGraph(17, 18);
  const start = Float64Array.from(noise(17, 18).data);
  const made = evaluateGraph(graph, { frame: start });
  const lossAt = (i: number, by: number) =>
    evaluateGraph(graph, { frame: start.with(i, (start[i] ?? NaN) + by) }).loss?.[0] ?? NaN;
  const largest = Math.max(...(made.gradient ?? []).map(Math.abs));
  assert.ok(largest > 0);
  for (const i of [0, 52, 400, 461, 917]) {
    const difference = (lossAt(i, 1e-6) - lossAt(i, -1e-6)) / 2e-6;
    assert.ok(Math.abs((made.gradient?.[i] ?? NaN) - difference) < 1e-4 * largest, `element ${i}`);
  }
});

Deno.test("ONNX Runtime and the reference agree on steerable and its gradient", async () => {
  await using engine = await openEngine({ threads: 1 });
  await assertAgrees(engine, lossGraph(34, 41), { frame: noise(34, 41) });
});

Deno.test("steerable and its gradient are finite for flat, black and white frames", async () => {
  await using engine = await openEngine({ threads: 1 });
  await using program = await engine.compile(lossGraph(20, 24));
  for (const value of [0, 0.3, 1]) {
    const made = await program.run({ frame: frame(20, 24, () => [value, value, value]) });
    for (const { data } of Object.values(made)) assert.ok(data.every(Number.isFinite), `value ${value}`);
  }
});
