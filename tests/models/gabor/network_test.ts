import assert from "node:assert/strict";
import { openReferenceEngine } from "../../../lib/engines/reference/reference_engine.ts";
import type { TensorValue } from "../../../lib/engines/engine.ts";
import { gabor } from "../../../lib/models/gabor/entry.ts";
import { channelMeans, evaluateModel, named } from "../evaluate_model.ts";

const layers = gabor.declaration.layers;

/** A frame whose pixels are a function of row and column. */
function frame(
  height: number,
  width: number,
  color: (y: number, x: number) => readonly number[],
): TensorValue {
  const pixels = Array.from({ length: height * width }, (_, i) => color(Math.floor(i / width), i % width));
  return { shape: [height, width, 3], data: Float32Array.from(pixels.flat()) };
}

async function evaluate(picture: TensorValue, wanted: readonly string[] = layers) {
  await using engine = await openReferenceEngine();
  return await evaluateModel(engine, await gabor.open(), [picture], wanted);
}

Deno.test("gabor's layers halve the size from one to the next", async () => {
  const made = await evaluate(frame(37, 20, (y, x) => [y / 37, x / 20, 0.5]));
  assert.deepEqual(layers.map((name) => named(made, name).shape), [[24, 37, 20], [72, 18, 10], [72, 9, 5], [
    72,
    4,
    2,
  ]]);
});

Deno.test("gabor takes frames as small as it declares", async () => {
  const side = gabor.declaration.smallestSide;
  await evaluate(frame(side, side, () => [0.2, 0.5, 0.1]));
  await assert.rejects(evaluate(frame(side - 1, side, () => [0.2, 0.5, 0.1])));
});

Deno.test("gabor's filters do not respond to a flat frame, whose color the Gram matrix holds", async () => {
  const made = await evaluate(frame(16, 16, () => [0.8, 0.4, 0.2]));
  for (const name of layers) {
    const means = channelMeans(named(made, name)).data;
    [1, 1.4 / 3, 0.2, -0.2].forEach((expected, channel) => {
      assert.ok(Math.abs((means[channel] ?? NaN) - expected) < 1e-5, `${name}: channel ${channel}`);
      const inGram = named(made, `gram ${name}`).data[channel] ?? NaN;
      assert.ok(Math.abs(inGram - expected) < 1e-5, `${name}: Gram of channel ${channel}`);
    });
    const responses = means.subarray(4, name === "fine" ? 20 : 52);
    assert.ok(responses.every((mean) => Math.abs(mean) < 1e-4), name);
  }
});

Deno.test("gabor responds to a grating most in the channels of its orientation and scale", async () => {
  const stripes = (period: number) =>
    frame(64, 64, (_, x) => Array<number>(3).fill(0.5 + 0.4 * Math.cos(2 * Math.PI * x / period)));
  const strongest = async (period: number) => {
    const made = await evaluate(stripes(period));
    const energy = layers.map((name) => channelMeans(named(made, name)).data.subarray(4, 12));
    return energy.map((means) => ({ sum: Math.max(...means), pair: means.indexOf(Math.max(...means)) >> 1 }));
  };
  for (const [period, scale] of [[4, 0], [8, 1], [16, 2]] as const) {
    const responses = await strongest(period);
    const best = responses.toSorted((a, b) => b.sum - a.sum)[0];
    assert.equal(responses.indexOf(best ?? { sum: 0, pair: -1 }), scale, `period ${period}`);
    assert.equal(best?.pair, 0, `period ${period}`);
  }
});

Deno.test("gabor builds only the layers that are wanted", async () => {
  const made = await evaluate(frame(16, 16, () => [0, 0, 0]), ["fine"]);
  assert.deepEqual(Object.keys(made), ["fine", "gram fine"]);
});
