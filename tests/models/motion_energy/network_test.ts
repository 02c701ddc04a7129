import assert from "node:assert/strict";
import type { TensorValue } from "../../../lib/engines/engine.ts";
import { openEngine } from "../../../lib/engines/open.ts";
import { evaluate } from "../../../lib/engines/reference/evaluate.ts";
import { openReferenceEngine } from "../../../lib/engines/reference/reference_engine.ts";
import { gradient } from "../../../lib/graph/gradient.ts";
import type { Graph } from "../../../lib/graph/graph.ts";
import { createGraphBuilder } from "../../../lib/graph/graph_builder.ts";
import { add, divide, input, square, sumOfAll } from "../../../lib/graph/operations.ts";
import { motionEnergy } from "../../../lib/models/motion_energy/entry.ts";
import { channelProducts } from "../../../lib/synthesis/terms/channel_products.ts";
import { assertAgrees } from "../../engines/conformance_case.ts";
import { seededRandom } from "../../graph/sample_values.ts";
import { evaluateModel, named } from "../evaluate_model.ts";
import { movingPattern } from "./moving_pattern.ts";

const model = await motionEnergy.open();
const layers = motionEnergy.declaration.layers;

/** The sum of squares of the Gram matrices of all layers, and its gradient by the current frame. */
function lossGraph(height: number, width: number): Graph {
  const graph = createGraphBuilder();
  const frames = ["previous", "current"].map((name) => input(graph, name, [height, width, 3]));
  const losses = Object.values(model.layers(frames, layers)).map((layer) => {
    const gram = divide(channelProducts(layer), layer.size[0] * layer.size[1]);
    return sumOfAll(square(gram));
  });
  const loss = losses.reduce((total, each) => add(total, each));
  const [, current] = frames;
  assert.ok(current);
  return graph.finish({ loss, gradient: gradient(loss, current) });
}

function flat(height: number, width: number, value: number): TensorValue {
  return { shape: [height, width, 3], data: new Float32Array(height * width * 3).fill(value) };
}

function noise(height: number, width: number, seed: number): TensorValue {
  const random = seededRandom(seed);
  return { shape: [height, width, 3], data: Float32Array.from({ length: height * width * 3 }, random) };
}

Deno.test("motion_energy's layers have five scales at half the frames' size, down to frames of a pixel", async () => {
  await using engine = await openReferenceEngine();
  for (const [height, width] of [[17, 12], [1, 1]] as const) {
    const made = await evaluateModel(
      engine,
      model,
      [noise(height, width, 1), noise(height, width, 2)],
      layers,
    );
    const half = [Math.ceil(height / 2), Math.ceil(width / 2)];
    assert.deepEqual(named(made, "oriented").shape, [80, ...half]);
    assert.deepEqual(named(made, "concat").shape, [85, ...half]);
  }
});

Deno.test("motion_energy's shares of energy sum to 1 at each scale, its responses to velocities to less", async () => {
  await using engine = await openReferenceEngine();
  const frames = movingPattern({ height: 16, width: 16, seed: 1, right: 0.6 });
  const made = await evaluateModel(engine, model, frames, layers);
  const sums = (name: string) => {
    const { shape: [channels = 0], data } = named(made, name);
    return Array.from(
      { length: 64 },
      (_, pixel) =>
        Array.from({ length: channels / 5 }, (_, channel) => data[channel * 64 + pixel] ?? NaN)
          .reduce((sum, value) => sum + value, 0),
    );
  };
  for (const sum of sums("oriented")) assert.ok(Math.abs(sum - 1) < 1e-5, String(sum));
  for (const sum of sums("concat")) assert.ok(sum > 0.5 && sum < 1, String(sum));
});

Deno.test("motion_energy takes what is flat to be at rest", async () => {
  await using engine = await openReferenceEngine();
  for (const level of [0, 0.3, 1]) {
    const frames = [flat(8, 8, level), flat(8, 8, level)];
    const { data } = named(await evaluateModel(engine, model, frames, ["concat"]), "concat");
    for (let scale = 0; scale < 5; scale++) {
      const responses = Array.from({ length: 17 }, (_, channel) => data[(scale * 17 + channel) * 16] ?? NaN);
      assert.equal(responses.indexOf(Math.max(...responses)), 0, `${level}: ${responses}`);
    }
  }
});

Deno.test("motion_energy's gradient matches central differences", () => {
  const [height, width] = [10, 9];
  const graph = lossGraph(height, width);
  const [previous, current] = [noise(height, width, 3), noise(height, width, 4)].map(({ data }) =>
    Float64Array.from(data)
  );
  assert.ok(previous && current);
  const made = evaluate(graph, { previous, current });
  const lossAt = (i: number, by: number) =>
    evaluate(graph, { previous, current: current.with(i, (current[i] ?? NaN) + by) }).loss?.[0] ?? NaN;
  const largest = Math.max(...(made.gradient ?? []).map(Math.abs));
  assert.ok(largest > 0);
  for (const i of [0, 41, 122, 123, 200, 269]) {
    const difference = (lossAt(i, 1e-5) - lossAt(i, -1e-5)) / 2e-5;
    assert.ok(Math.abs((made.gradient?.[i] ?? NaN) - difference) < 1e-5 * largest, `element ${i}`);
  }
});

Deno.test("ONNX Runtime and the reference agree on motion_energy and its gradient", async () => {
  await using engine = await openEngine({ threads: 1 });
  const [previous, current] = movingPattern({ height: 23, width: 30, seed: 2, right: 0.4, up: -0.8 });
  await assertAgrees(engine, lossGraph(23, 30), { previous, current });
});

Deno.test("motion_energy and its gradient are finite for flat, black, white and still clips", async () => {
  await using engine = await openEngine({ threads: 1 });
  await using program = await engine.compile(lossGraph(20, 24));
  const [picture] = movingPattern({ height: 20, width: 24, seed: 3 });
  const pairs = {
    black: [flat(20, 24, 0), flat(20, 24, 0)],
    white: [flat(20, 24, 1), flat(20, 24, 1)],
    gray: [flat(20, 24, 0.3), flat(20, 24, 0.3)],
    "black to white": [flat(20, 24, 0), flat(20, 24, 1)],
    still: [picture, picture],
    appearing: [flat(20, 24, 0.5), picture],
  } as const;
  for (const [name, [previous, current]] of Object.entries(pairs)) {
    const { loss, gradient } = await program.run({ previous, current });
    assert.ok(Number.isFinite(loss?.data[0]), name);
    assert.ok(gradient?.data.every(Number.isFinite), name);
  }
});

Deno.test("motion_energy refuses one frame, frames of two sizes, and unknown layers", () => {
  const graph = createGraphBuilder();
  const [one, other] = [input(graph, "one", [8, 8, 3]), input(graph, "other", [8, 9, 3])];
  assert.throws(() => model.layers([one], ["concat"]), /motion_energy: expected 2 frames .* got \[8, 8, 3\]/);
  assert.throws(() => model.layers([one, other], ["concat"]), /got \[8, 8, 3\], \[8, 9, 3\]/);
  assert.throws(() => model.layers([one, one], ["flow"]), /no layer flow; there are oriented, concat/);
});
