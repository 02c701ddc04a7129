/**
 * The numeric functions of mod.ts as a script calls them, with a model that needs no weights.
 */
import assert from "node:assert/strict";
import {
  evaluateTerms,
  type Frame,
  resizeBilinear,
  synthesizeTransition,
  transferColor,
} from "../../../mod.ts";
import { openEngine } from "../../../lib/engines/open.ts";
import { noiseFrame } from "../../synthesis/tiny_models.ts";

const size = { height: 48, width: 64 };
const streams = { spatial: "steerable" };
const noise = noiseFrame(1, size.height, size.width);

/** Broad stripes. */
const stripes: Frame = {
  ...size,
  data: Float32Array.from(
    { length: size.height * size.width * 3 },
    (_, i) => (Math.floor(i / 3) % 16 < 8 ? 0.2 : 0.8),
  ),
};

Deno.test("evaluateTerms() gives a loss and a gradient of the frame's size for each term", async () => {
  const terms = await evaluateTerms({
    current: noise,
    targets: { spatial_texture: { current: stripes } },
    streams,
  });
  assert.deepEqual(Object.keys(terms).sort(), ["spatial_texture", "total_variation"]);
  for (const term of Object.values(terms)) {
    assert.ok(term.loss > 0);
    assert.equal(term.gradient.data.length, noise.data.length);
    assert.ok(term.gradient.data.some((value) => value !== 0));
  }
});

Deno.test("synthesizeTransition() makes a frame that is nearer to the target than its start", async () => {
  const targets = { spatial_texture: { current: stripes } };
  await using engine = await openEngine({ engine: "onnxruntime" });
  const { frame, octaves } = await synthesizeTransition({
    previous: noise,
    start: noise,
    targets,
    streams,
    octaves: [
      { octave: -1, iterations: 5, learning_rate: 0.02 },
      { octave: 0, iterations: 5, learning_rate: 0.02, total_variation: 0.1 },
    ],
    colorTransfer: { target: stripes, variant: "mean_std_lab" },
    engine,
  });
  assert.deepEqual([frame.height, frame.width], [size.height, size.width]);
  assert.deepEqual(octaves.map(({ octave }) => octave), [-1, 0]);
  const loss = async (current: Frame) =>
    (await evaluateTerms({ current, targets, streams, engine })).spatial_texture?.loss;
  assert.ok((await loss(frame) ?? NaN) < (await loss(noise) ?? NaN) / 2);
});

Deno.test("synthesizeTransition() says which octave is too small", async () => {
  await assert.rejects(
    synthesizeTransition({
      previous: noise,
      start: noise,
      targets: { spatial_texture: { current: stripes } },
      streams,
      octaves: [{ octave: -3, iterations: 1, learning_rate: 0.01 }],
    }),
    /^RunError: octave -3 is 14 x 18; both sides need at least 16 pixels$/,
  );
});

Deno.test("resizeBilinear() and transferColor() are there for scripts", () => {
  const small = resizeBilinear(noise, 20, 24);
  assert.deepEqual([small.height, small.width], [20, 24]);
  assert.deepEqual(transferColor(small, stripes, "none"), small);
});
