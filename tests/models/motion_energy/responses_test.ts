import assert from "node:assert/strict";
import type { TensorValue } from "../../../lib/engines/engine.ts";
import { openEngine } from "../../../lib/engines/open.ts";
import { gratingFrame } from "../../../lib/frames/generated/grating.ts";
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

/** Mean response to each velocity at a scale, 0 the finest. */
async function responses(frames: readonly TensorValue[], scale: number): Promise<Float32Array> {
  const means = channelMeans(named(await evaluate(frames), "concat")).data;
  return means.slice(scale * count, (scale + 1) * count);
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

for (const scale of [0, 1, 2]) {
  Deno.test(`a drifting grating excites most the channel of its direction and speed, at scale ${scale + 1}`, async () => {
    // All directions at the finest scale, a few at the others.
    const channels = [...velocities.keys()].slice(1).filter((channel) => scale === 0 || channel % 3 === 0);
    for (const channel of channels) {
      const velocity = velocities[channel] ?? { right: NaN, up: NaN };
      const means = await responses(drifting(velocity, scale), scale);
      assert.equal(strongest(means), channel, `velocity ${channel}: ${means}`);
    }
  });
}

Deno.test("opposite directions are told apart", async () => {
  for (const channel of [1, 4, 9, 14]) {
    const velocity = velocities[channel] ?? { right: NaN, up: NaN };
    const means = await responses(drifting(velocity, 0), 0);
    assert.ok(
      (means[opposite(channel)] ?? NaN) < 0.02 * (means[channel] ?? NaN),
      `velocity ${channel}: ${means}`,
    );
  }
});

Deno.test("a still pattern excites most the channels of rest, at every scale", async () => {
  const means = channelMeans(named(await evaluate(movingPattern({ ...size, seed: 3 })), "concat")).data;
  for (let scale = 0; scale < 5; scale++) {
    assert.equal(strongest(means.slice(scale * count, (scale + 1) * count)), 0, `scale ${scale + 1}`);
  }
});

Deno.test("a moving pattern excites most the channel whose velocity is nearest", async () => {
  for (
    const [right, up, expected] of [[0.6, 0.1, 1], [-0.45, 0.5, 4], [0.1, -0.7, 7], [-1.3, 0, 13]] as const
  ) {
    const means = await responses(movingPattern({ ...size, seed: 4, right, up }), 0);
    assert.equal(strongest(means), expected, `${right}, ${up}: ${means}`);
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
  const total = async (current: TensorValue | undefined) => {
    const [previous] = movingPattern({ ...size, seed: 9 });
    assert.ok(previous !== undefined && current !== undefined);
    const means = await responses([previous, current], 0);
    return means.reduce((sum, value) => sum + value, 0);
  };
  const moved = await total(movingPattern({ ...size, seed: 9, right: 0.6 })[1]);
  const replaced = await total(movingPattern({ ...size, seed: 10 })[1]);
  assert.ok(moved > 0.85, String(moved));
  assert.ok(replaced < 0.8 * moved, `${replaced}, ${moved}`);
});
