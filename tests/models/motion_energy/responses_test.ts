import assert from "node:assert/strict";
import type { TensorValue } from "../../../lib/engines/engine.ts";
import { openEngine } from "../../../lib/engines/open.ts";
import { createGraphBuilder } from "../../../lib/graph/graph_builder.ts";
import { input } from "../../../lib/graph/operations.ts";
import { gratingFrame } from "../../../lib/frames/generated/grating.ts";
import { wholeActivations } from "../../../lib/models/activations.ts";
import { motionEnergy } from "../../../lib/models/motion_energy/entry.ts";
import { frequency } from "../../../lib/models/motion_energy/filters.ts";
import { velocities } from "../../../lib/models/motion_energy/velocities.ts";
import { channelMeans, evaluateModel, named } from "../evaluate_model.ts";
import { movingPattern } from "./moving_pattern.ts";

const count = velocities.length;
const size = { height: 64, width: 64 };
const model = await motionEnergy.open();

async function evaluate(frames: readonly TensorValue[]) {
  await using engine = await openEngine({ threads: 1 });
  return await evaluateModel(engine, model, frames, ["concat"]);
}

function strongest(means: Float32Array): number {
  return means.indexOf(Math.max(...means));
}

/** A grating of the filters' frequency at a scale, which moves by this velocity of the scale. */
function drifting(
  { right, up }: { readonly right: number; readonly up: number },
  scale: number,
): TensorValue[] {
  const pixels = 2 ** scale;
  const cyclesPerPixel = frequency / (2 * Math.PI) / pixels;
  const settings = {
    name: "grating",
    contrast: 0.5,
    mean: 0.5,
    cycles: cyclesPerPixel * size.height,
    direction: (Math.atan2(up, right) * 180) / Math.PI,
    drift: Math.hypot(right, up) * pixels * cyclesPerPixel,
    phase: 20,
  } as const;
  return [0, 1].map((index) => ({
    shape: [size.height, size.width, 3],
    data: gratingFrame(settings, index, size).data,
  }));
}

/** The channel of the same speed and the opposite direction. */
function opposite(channel: number): number {
  const wanted = velocities[channel];
  return velocities.findIndex(({ right, up }) =>
    Math.hypot(right + (wanted?.right ?? NaN), up + (wanted?.up ?? NaN)) < 1e-9
  );
}

/** Mean responses to each velocity, for many pairs of frames of one size at one scale. */
async function responsesToAll(
  pairs: readonly (readonly TensorValue[])[],
  scale: number,
): Promise<Float32Array[]> {
  const graph = createGraphBuilder();
  const names = ["previous", "current"];
  const frames = names.map((name) => input(graph, name, [size.height, size.width, 3]));
  const { concat } = model.layers(frames, ["concat"]);
  assert.ok(concat);
  await using engine = await openEngine({ threads: 1 });
  await using program = await engine.compile(graph.finish({ concat: wholeActivations(concat) }));
  const all: Float32Array[] = [];
  for (const pair of pairs) {
    const inputs = names.flatMap((name, i) => pair[i] === undefined ? [] : [[name, pair[i]] as const]);
    const means = channelMeans(named(await program.run(Object.fromEntries(inputs)), "concat")).data;
    all.push(means.slice(scale * count, (scale + 1) * count));
  }
  return all;
}

for (const scale of [0, 1, 2]) {
  Deno.test(`a drifting grating excites most the channel of its direction and speed and not the opposite one, at scale ${scale + 1}`, async () => {
    // A grating at rest looks like one that slides along its bars.
    const moving = velocities.slice(1);
    const all = await responsesToAll(moving.map((velocity) => drifting(velocity, scale)), scale);
    for (const [i, means] of all.entries()) {
      assert.equal(strongest(means), i + 1, `velocity ${i + 1}: ${means}`);
      assert.ok(
        (means[opposite(i + 1)] ?? NaN) < 0.02 * (means[i + 1] ?? NaN),
        `opposite of ${i + 1}: ${means}`,
      );
    }
  });
}

Deno.test("a still pattern excites most the channels of rest, at every scale", async () => {
  const means = channelMeans(named(await evaluate(movingPattern({ ...size, seed: 3 })), "concat")).data;
  for (let scale = 0; scale < 5; scale++) {
    assert.equal(strongest(means.slice(scale * count, (scale + 1) * count)), 0, `scale ${scale + 1}`);
  }
});

Deno.test("a moving pattern excites most the channel whose velocity is nearest", async () => {
  const cases = [[0.6, 0.1, 1], [-0.45, 0.5, 4], [0.1, -0.7, 7], [-1.3, 0, 13]] as const;
  const pairs = cases.map(([right, up]) => movingPattern({ ...size, seed: 4, right, up }));
  for (const [i, means] of (await responsesToAll(pairs, 0)).entries()) {
    assert.equal(strongest(means), cases[i]?.[2], `case ${i}: ${means}`);
  }
});

Deno.test("frames in the reverse order mirror the response", async () => {
  const frames = movingPattern({ ...size, seed: 5, right: 0.6, up: 0.3 });
  const [there, back] = [await evaluate(frames), await evaluate(frames.toReversed())];
  const { shape, data } = named(there, "concat");
  const mirrored = named(back, "concat").data;
  const pixels = (shape[1] ?? 0) * (shape[2] ?? 0);
  data.forEach((value, i) => {
    const channel = Math.floor(i / pixels);
    const other = channel - (channel % count) + opposite(channel % count);
    assert.ok(Math.abs(value - (mirrored[other * pixels + (i % pixels)] ?? NaN)) < 1e-5);
  });
});

Deno.test("a change of contrast or luminance of both frames leaves the response", async () => {
  const pattern = { ...size, seed: 6, right: 0.5 };
  const bright = named(await evaluate(movingPattern(pattern)), "concat").data;
  const dim = movingPattern({ ...pattern, contrast: 0.3 }).map(({ shape, data }) => ({
    shape,
    data: data.map((value) => value - 0.2),
  }));
  named(await evaluate(dim), "concat").data.forEach((value, i) => {
    assert.ok(Math.abs(value - (bright[i] ?? NaN)) < 2e-4, `${i}: ${value}, ${bright[i]}`);
  });
});

Deno.test("another pattern with the same motion moves the Gram matrix less than another motion does", async () => {
  const gram = async (seed: number, right: number, up: number) => {
    const frames = movingPattern({ height: 96, width: 96, seed, right, up });
    return named(await evaluate(frames), "gram concat").data;
  };
  const distance = (a: Float32Array, b: Float32Array) =>
    Math.hypot(...a.map((value, i) => value - (b[i] ?? NaN)));
  const original = await gram(7, 0.6, 0);
  const appearance = distance(original, await gram(8, 0.6, 0));
  for (const [right, up] of [[-0.6, 0], [0, 0.6], [0, 0], [1.3, 0]] as const) {
    const motion = distance(original, await gram(7, right, up));
    assert.ok(motion > 2.5 * appearance, `${right}, ${up}: ${motion}, appearance ${appearance}`);
  }
});

Deno.test("a change at random excites no velocity as a motion does", async () => {
  const [previous, moved] = movingPattern({ ...size, seed: 9, right: 0.6 });
  const [replaced] = movingPattern({ ...size, seed: 10 });
  const all = await responsesToAll([[previous, moved], [previous, replaced]], 0);
  const [motion = NaN, noise = NaN] = all.map((means) => means.reduce((sum, value) => sum + value, 0));
  assert.ok(motion > 0.85 && noise < 0.8 * motion, `${motion}, ${noise}`);
});
