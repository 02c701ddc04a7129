import assert from "node:assert/strict";
import type { EngineOptions } from "../../../lib/engines/engine.ts";
import { frameToBytes } from "../../../lib/frames/bytes.ts";
import { generateFrame } from "../../../lib/frames/generated/generators.ts";
import { generatorDefaults } from "../../../lib/frames/generated/settings.ts";
import { catalog } from "../../../lib/models/catalog.ts";
import type { ModelSource } from "../../../lib/models/stream_model.ts";
import { allTargets } from "../../../lib/stages/synthesis/roles.ts";
import type { FrameSource } from "../../../lib/store/stage_store.ts";
import type { StopSettings, SynthesisSettings } from "../../../lib/synthesis/settings.ts";
import type { EndReason } from "../../../lib/synthesis/stop.ts";
import { temporaryFolder } from "../../temporary_folder.ts";
import { type Outcome, run, type RunOptions, settings as tinySettings } from "./stage.ts";
import { noPredictor } from "../../models/no_predictor.ts";

/** Large enough for both sizes of Winograd's tiles behind VGG-19's first pooling. */
const size = { height: 32, width: 48 };

const engine: EngineOptions = { engine: "onnxruntime", threads: 2 };

/** VGG-19's convolutions with weights that mean nothing, and the motion model that is computed. */
const models: ModelSource = {
  async open(name) {
    const entry = catalog.get(name);
    if (entry === undefined) throw new Error(`no model ${name}`);
    return "weights" in entry ? await entry.standIn() : await entry.open();
  },
};

const settings: SynthesisSettings = {
  ...tinySettings,
  streams: { spatial: "vgg19", temporal: "motion_energy" },
  targets: {
    ...tinySettings.targets,
    // conv2_1 and conv2_2 are computed by Winograd's algorithm, and so is their gradient.
    spatial_texture: {
      weight: 1,
      layers: { conv1_1: 1, conv2_2: 1 },
      targets: [{ video: "clip", share: 1, length: "strict" }],
    },
  },
  octaves: [-1, 0].map((octave) => (
    { octave, scale: 1.5, iterations: 12, learning_rate: 0.01, total_variation: 0.1 }
  )),
  color_transfer: "none",
  // Frame -1 is noise: frame 0 has a frame before it, and so a temporal term.
  padding: { frames: 1, order: "mirrored" },
};

const leaves: FrameSource = {
  frames: 8,
  frame: (index) =>
    Promise.resolve({
      shape: [size.height, size.width, 3],
      data: frameToBytes(generateFrame(generatorDefaults.dead_leaves, index, size)),
    }),
};

async function runIn(runs: string, given: RunOptions): Promise<Outcome> {
  return await run(runs, {
    frames: 1,
    made: size,
    models: { ...noPredictor, ...models },
    engine,
    inputs: Object.fromEntries(allTargets(settings).map(({ role }) => [role, leaves])),
    ...given,
  });
}

async function runWhole(given: RunOptions): Promise<Outcome> {
  await using folder = await temporaryFolder();
  return await runIn(folder.path, given);
}

function ends({ events }: Outcome) {
  return events.flatMap((event) => event.type === "octave.finished" ? [event] : []);
}

const cases: readonly {
  readonly optimizer: SynthesisSettings["optimizer"];
  readonly stop: StopSettings;
  readonly rule: EndReason;
}[] = [
  {
    optimizer: { name: "descent", normalize_gradient: true },
    stop: { plateau: { iterations: 3, improvement: 0.2 }, minimum: 0 },
    rule: "plateau",
  },
  {
    optimizer: { name: "adam", beta1: 0.9, beta2: 0.99, epsilon: 1e-8 },
    stop: { residual: 0.47, minimum: 0 },
    rule: "residual",
  },
  {
    optimizer: { name: "lbfgs", history: 3 },
    stop: { residual: 0.03, minimum: 0 },
    rule: "residual",
  },
];

for (const { optimizer, stop, rule } of cases) {
  Deno.test(`stopped inside an octave that ends early (${rule}), ONNX Runtime goes on to the same bytes (${optimizer.name})`, async () => {
    const chosen = { settings: { ...settings, optimizer, stop } };
    const whole = await runWhole(chosen);
    const [first, last] = ends(whole);
    assert.ok(first !== undefined && last !== undefined);
    assert.ok(
      last.ended === rule && last.iterations > 2,
      `${last.ended} after ${last.iterations} iterations`,
    );

    await using folder = await temporaryFolder();
    // In the first octave and in the last one; each run opens an engine of its own.
    const inTheLast = first.iterations + Math.floor(last.iterations / 2);
    await runIn(folder.path, { ...chosen, stopAfter: 1 });
    await runIn(folder.path, { ...chosen, stopAfter: inTheLast - 1 });
    const resumed = await runIn(folder.path, chosen);
    assert.deepEqual(resumed.frames, whole.frames);
    assert.deepEqual(ends(resumed), [last]);
  });
}

Deno.test("what goes on here is computed by Winograd's algorithm", async () => {
  const exact = await runWhole({ settings, engine: { ...engine, exact: true } });
  const winograd = await runWhole({ settings });
  assert.notDeepEqual(exact.frames, winograd.frames);
});
