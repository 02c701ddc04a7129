import assert from "node:assert/strict";
import type { Work } from "../../../lib/plan/stage_kind.ts";
import { workOf } from "../../runner/simulated_render.ts";

const size = { height: 360, width: 640 };

const octavesOf = (work: readonly Work[]) => work.filter(({ frames }) => frames?.octave !== undefined);

Deno.test("work counts every transition, padding included", () => {
  const octaves = octavesOf(workOf({ frames: 12, octaves: "paper" }, size));
  assert.deepEqual(octaves.map(({ height, width, iterations }) => [height, width, iterations]), [
    [160, 284, 16 * 250],
    [240, 426, 16 * 750],
    [360, 640, 16 * 1000],
  ]);
  assert.deepEqual(octaves[0]?.frames, {
    first: -4,
    iterations: Array(16).fill(250),
    octave: -2,
    beside: 2.35,
  });
});

Deno.test("a model counts as far as its deepest layer that some term compares", () => {
  const parts = (targets: object) => octavesOf(workOf({ targets }, size))[0]?.parts;
  assert.deepEqual(parts({ spatial_texture: "clip", temporal_texture: "clip" }), [
    "vgg19/conv5_1",
    "msoe/concat",
    "update",
  ]);
  assert.deepEqual(
    parts({
      spatial_content: { video: "clip", layers: ["conv4_2"] },
      spatial_texture: { video: "clip", layers: ["conv3_1", "conv1_1"] },
    }),
    ["vgg19/conv4_2", "update"],
  );
});

Deno.test("with stop rules the iterations are the most that there can be", () => {
  const mayEnd = (settings: object) =>
    octavesOf(workOf(settings, size)).map(({ frames }) => frames?.mayEndEarly ?? false);
  assert.deepEqual(mayEnd({}), [false, false, false]);
  assert.deepEqual(mayEnd({ stop: { residual: 0.1 } }), [true, true, true]);
});

Deno.test("the update of L-BFGS counts beside what every update does", () => {
  const [octave] = octavesOf(workOf({ targets: { spatial_texture: "clip" }, optimizer: "lbfgs" }, size));
  assert.deepEqual(octave?.parts, ["vgg19/conv5_1", "update", "lbfgs"]);
});

Deno.test("without padding frame 0 has spatial terms alone", () => {
  const octaves = octavesOf(
    workOf({ frames: 12, padding: 0, octaves: { steps: [{ octave: 0, iterations: 5 }] } }, size),
  );
  assert.deepEqual(
    octaves.map(({ iterations, parts, frames }) => [frames?.first, iterations, parts.length]),
    [
      [0, 5, 2],
      [1, 55, 3],
    ],
  );
});

Deno.test("work follows keyframes of iterations", () => {
  const octaves = { steps: [{ octave: 0, iterations: { 0: 10, 10: 20 } }] };
  const targets = { spatial_texture: "clip" };
  const [work] = workOf({ octaves, targets, padding: 0, frames: 11 }, size);
  assert.equal(work?.iterations, 11 * 15);
  assert.deepEqual(work?.frames?.iterations, [10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20]);
});

Deno.test("each frame that is stored takes its colors and is written, the padding's first one too", () => {
  const perFrame = (settings: object) =>
    workOf({ frames: 12, ...settings }, size).find(({ parts }) => parts.includes("write"));
  assert.deepEqual(perFrame({})?.parts, ["pdf_regrain", "write"]);
  assert.equal(perFrame({})?.iterations, 17);
  assert.deepEqual(perFrame({ color_transfer: "none" })?.parts, ["write"]);
});
