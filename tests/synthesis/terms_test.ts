/**
 * The loss terms against their formulas, written out in plain loops.
 */
import assert from "node:assert/strict";
import type { Frame } from "../../lib/frames/frame.ts";
import { openEngine } from "../../lib/engines/open.ts";
import { evaluateTermsWith } from "../../lib/synthesis/evaluate_terms.ts";
import type { TermTargets } from "../../lib/synthesis/requests.ts";
import type { Normalization } from "../../lib/synthesis/settings.ts";
import { noiseFrame, noisePair, tinyModels, tinyStreams } from "./tiny_models.ts";

const [height, width] = [5, 7];
const positions = height * width;
const previous = noiseFrame(1, height, width);
const current = noiseFrame(2, height, width);

async function evaluate(targets: TermTargets, normalization: Normalization = "reference", frame = current) {
  await using engine = await openEngine({ engine: "reference" });
  const request = { previous, current: frame, targets, streams: tinyStreams, normalization };
  return await evaluateTermsWith({ engine, models: tinyModels }, request);
}

function assertNear(found: number | undefined, expected: number) {
  assert.ok(Math.abs((found ?? NaN) / expected - 1) < 1e-5, `${found}, expected ${expected}`);
}

/** Mean over the frame's values of (a - b)^2, which is the mean over channels and positions of its activations. */
function meanSquare(a: Frame, b: Frame): number {
  return a.data.reduce((sum, value, i) => sum + (value - (b.data[i] ?? NaN)) ** 2, 0) / a.data.length;
}

/** A A^T / M of the frame's three channels. */
function gram({ data }: Frame): number[] {
  return [0, 1, 2].flatMap((a) =>
    [0, 1, 2].map((b) => {
      let sum = 0;
      for (let i = 0; i < positions; i++) sum += (data[3 * i + a] ?? NaN) * (data[3 * i + b] ?? NaN);
      return sum / positions;
    })
  );
}

function meanSquareOf(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + (value - (b[i] ?? NaN)) ** 2, 0) / a.length;
}

function change(pair: { readonly previous: Frame; readonly current: Frame }): Frame {
  return {
    ...pair.current,
    data: pair.current.data.map((value, i) => value - (pair.previous.data[i] ?? NaN)),
  };
}

const target = noisePair(3, height, width);
const other = noisePair(5, height, width);

Deno.test("content is the mean squared difference of activations, and half of it under `paper`", async () => {
  const targets = { spatial_content: target, temporal_content: target };
  const expected = {
    spatial: meanSquare(current, target.current),
    temporal: meanSquare(change({ previous, current }), change(target)),
  };
  const reference = await evaluate(targets);
  assertNear(reference.spatial_content?.loss, expected.spatial);
  assertNear(reference.temporal_content?.loss, expected.temporal);
  const paper = await evaluate(targets, "paper");
  assertNear(paper.spatial_content?.loss, expected.spatial / 2);
  assertNear(paper.temporal_content?.loss, expected.temporal / 2);
});

Deno.test("texture compares Gram matrices, and `paper` divides them by the channels and sums", async () => {
  const targets = { temporal_texture: target };
  const [made, wanted] = [gram(change({ previous, current })), gram(change(target))];
  assertNear((await evaluate(targets)).temporal_texture?.loss, meanSquareOf(made, wanted));
  const perChannel = (gram: readonly number[]) => gram.map((value) => value / 3);
  const sum = 9 * meanSquareOf(perChannel(made), perChannel(wanted));
  assertNear((await evaluate(targets, "paper")).temporal_texture?.loss, sum);
});

Deno.test("a term is the mean of its layers under `reference`, their sum under `paper`, each with its weight", async () => {
  const squared = (frame: Frame) => ({ ...frame, data: frame.data.map((value) => value ** 2) });
  const layers = { color: 1, square: 0.5 };
  const color = meanSquareOf(gram(current), gram(target.current));
  const square = meanSquareOf(gram(squared(current)), gram(squared(target.current)));
  const targets = { spatial_texture: { ...target, layers } };
  const reference = (await evaluate(targets)).spatial_texture;
  assertNear(reference?.loss, (color + square / 2) / 2);
  assertNear(reference?.layers.color, color);
  assertNear(reference?.layers.square, square);
  assertNear((await evaluate(targets, "paper")).spatial_texture?.loss, color + square / 2);
});

Deno.test("texture with several targets matches the share-weighted mean of their Gram matrices", async () => {
  const mixture = [{ ...target, share: 3 }, { ...other, share: 1 }];
  const [a, b] = [gram(target.current), gram(other.current)];
  const mixed = a.map((value, i) => 0.75 * value + 0.25 * (b[i] ?? NaN));
  const found = await evaluate({ spatial_texture: { mixture, layers: ["color"] } });
  assertNear(found.spatial_texture?.loss, meanSquareOf(gram(current), mixed));
});

Deno.test("content with several targets is the share-weighted sum of the losses", async () => {
  const mixture = [{ ...target, share: 3 }, { ...other, share: 1 }];
  const found = await evaluate({ spatial_content: { mixture } });
  const expected = 0.75 * meanSquare(current, target.current) + 0.25 * meanSquare(current, other.current);
  assertNear(found.spatial_content?.loss, expected);
});

Deno.test("a texture target may have another size than the frame", async () => {
  const large = noisePair(7, 9, 11);
  const found = await evaluate({ spatial_texture: { ...large, layers: ["color"] } });
  assert.ok((found.spatial_texture?.loss ?? NaN) > 0);
});

Deno.test("total variation sums differences to the right and lower neighbor over the pixels", async () => {
  const frame = { height: 2, width: 2, data: Float32Array.from([0, 0, 0, 1, 0, 0, 0, 0.5, 0, 1, 0.5, 0.25]) };
  await using engine = await openEngine({ engine: "reference" });
  const evaluated = (normalization: Normalization) =>
    evaluateTermsWith({ engine, models: tinyModels }, { current: frame, targets: {}, normalization });
  // Right: 1 in the upper row, 1 + 0 + 0.25 in the lower; down: 0.5 on the left, 0.5 + 0.25 on the right.
  assertNear((await evaluated("reference")).total_variation.loss, 3.5 / 4);
  assertNear((await evaluated("paper")).total_variation.loss, 3.5 / 12);
});

Deno.test("total variation does not push where neighbors are equal", async () => {
  const flat = { height: 4, width: 4, data: new Float32Array(48).fill(0.25) };
  const found = await evaluate({}, "reference", flat).catch((error) => error);
  assert.match(String(found), /previous is 5 x 7, but current is 4 x 4/);
  await using engine = await openEngine({ engine: "reference" });
  const { total_variation } = await evaluateTermsWith({ engine, models: tinyModels }, {
    current: flat,
    targets: {},
  });
  assert.equal(total_variation.loss, 0);
  assert.ok(total_variation.gradient.data.every((value) => Math.abs(value) === 0));
});

Deno.test("every term's gradient agrees with central differences", async () => {
  const targets = {
    spatial_content: { mixture: [{ ...target, share: 2 }, other] },
    spatial_texture: target,
    temporal_content: target,
    temporal_texture: { mixture: [target, other] },
  };
  const terms = [
    "spatial_content",
    "spatial_texture",
    "temporal_content",
    "temporal_texture",
    "total_variation",
  ] as const;
  const middle = await evaluate(targets);
  const at = 3 * (2 * width + 3) + 1;
  const moved = async (by: number) =>
    await evaluate(targets, "reference", {
      ...current,
      data: current.data.map((value, i) => i === at ? value + by : value),
    });
  const [above, below] = [await moved(1e-3), await moved(-1e-3)];
  for (const term of terms) {
    const slope = ((above[term]?.loss ?? NaN) - (below[term]?.loss ?? NaN)) / 2e-3;
    const found = middle[term]?.gradient.data[at] ?? NaN;
    assert.ok(
      Math.abs(found - slope) <= 1e-3 * Math.abs(slope) + 1e-6,
      `${term}: ${found}, expected ${slope}`,
    );
  }
});

Deno.test("evaluateTerms() says which frame does not fit, or is missing", async () => {
  await using engine = await openEngine({ engine: "reference" });
  const rejects = (request: { current?: Frame; targets: TermTargets }, message: RegExp) =>
    assert.rejects(
      evaluateTermsWith({ engine, models: tinyModels }, { current, streams: tinyStreams, ...request }),
      message,
    );
  const short = { ...current, data: current.data.slice(1) };
  await rejects(
    { current: short, targets: {} },
    /^RunError: current: a frame of 5 x 7 has 105 values .*, got 104$/,
  );
  await rejects(
    { targets: { temporal_texture: { current } } },
    /temporal_texture: the target's previous frame is missing/,
  );
  await rejects({ targets: { temporal_texture: target } }, /previous is missing: temporal terms need/);
  await rejects(
    { targets: { spatial_content: noisePair(1, 9, 9) } },
    /spatial_content: the target is 9 x 9, but current is 5 x 7/,
  );
  await rejects(
    { targets: { spatial_texture: { ...target, layers: ["conv1"] } } },
    /colors has no layer "conv1"; it has color, square, inverse/,
  );
  await assert.rejects(
    evaluateTermsWith({ engine, models: tinyModels }, {
      current,
      targets: { spatial_texture: target },
      streams: { spatial: "changes" },
    }),
    /changes is a temporal model and cannot be the spatial stream/,
  );
});
