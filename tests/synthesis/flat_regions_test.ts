import assert from "node:assert/strict";
import type { EngineIdentity } from "../../lib/engines/engine.ts";
import { openEngine } from "../../lib/engines/open.ts";
import type { Frame } from "../../lib/frames/frame.ts";
import type { ModelSource } from "../../lib/models/stream_model.ts";
import { type TransitionWarning, warningText } from "../../lib/synthesis/observer.ts";
import { SynthesisPrograms } from "../../lib/synthesis/programs.ts";
import { recipeOf, targetFrames, type TermTargets } from "../../lib/synthesis/requests.ts";
import { runTransition } from "../../lib/synthesis/transition.ts";
import { noiseFrame, noisePair, tinyModels, tinyStreams } from "./tiny_models.ts";

const size = { height: 24, width: 32 };
const noise = noisePair(3, size.height, size.width);
const start = noiseFrame(2, size.height, size.width);
const gray: Frame = { ...size, data: new Float32Array(size.height * size.width * 3).fill(0.5) };
const drawn = { previous: noise.previous, current: gray };

/** The tiny models, as if there were pooling of convolutions from `square` on. */
const pooling: ModelSource = {
  async open(name) {
    const model = await tinyModels.open(name);
    return name === "colors"
      ? { ...model, declaration: { ...model.declaration, firstPooledLayer: "square" } }
      : model;
  },
};

/** The warnings of a transition with these targets, on an engine that says that it convolves like this. */
async function warnings(
  targets: TermTargets,
  { convolution = "winograd", models = pooling, from = start }: {
    readonly convolution?: EngineIdentity["convolution"];
    readonly models?: ModelSource;
    readonly from?: Frame;
  } = {},
): Promise<readonly TransitionWarning[]> {
  const warned: TransitionWarning[] = [];
  await using reference = await openEngine({ engine: "reference" });
  const engine = { ...reference, identity: { ...reference.identity, convolution } };
  await using programs = new SynthesisPrograms(
    engine,
    await recipeOf(targets, tinyStreams, "reference", models),
  );
  await runTransition(programs, {
    frame: 1,
    size,
    previous: start,
    start: from,
    targets: targetFrames(targets),
    weights: { spatial_texture: 1, temporal_texture: 1 },
    octaves: [{ octave: 0, scale: 1.5, iterations: 1, learning_rate: 0.01, total_variation: 0.1 }],
    balance: "none",
    resample: "original",
    optimizer: { name: "descent", normalize_gradient: true },
    colorTransfer: undefined,
  }, { warn: (warning) => void warned.push(warning) });
  return warned;
}

Deno.test("a flat target or start is warned of where Winograd's convolutions are pooled", async () => {
  assert.deepEqual(await warnings({ spatial_texture: drawn }), [
    { code: "flat_regions", of: "spatial_texture", share: 1 },
  ]);
  assert.deepEqual(await warnings({ spatial_texture: noise }, { from: gray }), [
    { code: "flat_regions", of: "start", share: 1 },
  ]);
  assert.deepEqual(await warnings({ spatial_texture: noise }), []);
});

Deno.test("flat frames are not warned of with direct convolutions, or where none is pooled", async () => {
  assert.deepEqual(await warnings({ spatial_texture: drawn }, { convolution: "direct" }), []);
  assert.deepEqual(await warnings({ spatial_texture: drawn }, { models: tinyModels }), []);
  assert.deepEqual(await warnings({ spatial_texture: { ...drawn, layers: ["color"] } }), []);
  assert.deepEqual(await warnings({ spatial_texture: noise, temporal_texture: drawn }), []);
});

Deno.test("the warning of flat regions says how much is flat, what that means and what to do", () => {
  const text = warningText({ code: "flat_regions", of: "spatial_texture", share: 0.617 });
  assert.match(
    text,
    /^62 % of the target of spatial_texture is flat or made of bars, .*max pooling.* With --exact /,
  );
});
