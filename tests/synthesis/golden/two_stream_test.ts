/**
 * Losses, gradients and ten updates of one pair of frames, against the authors' code.
 */
import assert from "node:assert/strict";
import { difference } from "../../frames/golden_frames.ts";
import { createModelLibrary } from "../../../lib/models/model_library.ts";
import { termsOf, type TermValues } from "../../../lib/synthesis/balance.ts";
import { createOptimizer } from "../../../lib/synthesis/optimizers/table.ts";
import { SynthesisPrograms } from "../../../lib/synthesis/programs.ts";
import { recipeOf, targetFrames } from "../../../lib/synthesis/requests.ts";
import { type OctaveResult, runOctave } from "../../../lib/synthesis/run_octave.ts";
import {
  assertAtMost,
  assertNear,
  byDefault,
  type Convolutions,
  evaluateTwoStream,
  exactly,
  type GoldenFile,
  isMissing,
  openGolden,
  relativeError,
  renderEngine,
  shareWithin,
  shortNames,
  termOf,
  weights,
} from "./golden_setting.ts";

const ignore = isMissing("two_stream.npz");

/** Relative errors of losses, and of gradients in the L2 norm. */
const tolerances = (spatial: Convolutions["spatial"]) => ({
  sc: spatial,
  ss: spatial,
  tc: { loss: 2e-5, gradient: 5e-5 },
  ts: { loss: 2e-5, gradient: 5e-5 },
  tv: { loss: 2e-5, gradient: 1e-6 },
});

for (const convolutions of [exactly, byDefault]) {
  Deno.test({
    name:
      `losses and gradients of all five terms are the authors' code's (two_stream.npz, ${convolutions.name})`,
    ignore,
    async fn() {
      const golden = await openGolden("two_stream.npz");
      const terms = await evaluateTwoStream(golden, "reference", convolutions);
      const allowed = tolerances(convolutions.spatial);
      for (const short of ["sc", "ss", "tc", "ts", "tv"] as const) {
        const { loss, gradient } = termOf(terms, shortNames[short]);
        assertNear(loss, golden.number(`loss_${short}`), allowed[short].loss, `loss ${short}`);
        const expected = golden.frame(`grad_${short}`);
        assertAtMost(relativeError(gradient, expected), allowed[short].gradient, `gradient ${short}`);
        const largest = expected.data.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
        const share = shareWithin(gradient, expected, 1e-4 * largest);
        assert.ok(share >= 0.999, `gradient ${short}: ${share} of the elements within 1e-4 of the largest`);
      }
    },
  });
}

Deno.test({
  name: "ten updates with balanced losses are the authors' code's (two_stream.npz)",
  ignore,
  async fn() {
    const golden = await openGolden("two_stream.npz");
    const gradients: Float32Array[] = [];
    const made = await runTenUpdates(golden, (gradient) => gradients.push(gradient));

    const rows = golden.numbers("sgd10_losses_ss_ts_tv");
    const weighted = made.history.flatMap(({ losses }) =>
      termsOf(termWeights).map((term) =>
        (termWeights[term] ?? NaN) * (made.multipliers[term] ?? NaN) * (losses[term] ?? NaN)
      )
    );
    assert.equal(weighted.length, rows.length);
    rows.forEach((expected, i) =>
      assertNear(weighted[i], expected, 3e-4, `loss ${i % 3}, update ${i / 3 | 0}`)
    );
    assertAtMost(
      difference(made.endFrame, golden.frame("sgd10_frame")).mean,
      1e-4,
      "frame after ten updates",
    );

    const expected = golden.frame("grad_equalized_total");
    const first = { ...expected, data: gradients[0] ?? new Float32Array() };
    const { gradient } = byDefault.spatial;
    assertAtMost(relativeError(first, expected), gradient, "gradient of the balanced total");
  },
});

const termWeights: TermValues = { spatial_texture: 1, temporal_texture: 1, total_variation: 0.1 };

/** Updates the generated frame of the golden file; `see` is handed each gradient. */
async function runTenUpdates(
  golden: GoldenFile,
  see: (gradient: Float32Array) => void,
): Promise<OctaveResult> {
  await using engine = await renderEngine(byDefault);
  const models = createModelLibrary({ weightsFolder: weights ?? "", offline: true });
  const pair = { previous: golden.frame("target_prev"), current: golden.frame("target_cur") };
  const targets = { spatial_texture: pair, temporal_texture: pair };
  await using programs = new SynthesisPrograms(engine, await recipeOf(targets, {}, "reference", models));
  const descent = createOptimizer({ name: "descent", normalize_gradient: true });
  const outcome = await runOctave(programs, {
    frame: 0,
    index: 0,
    step: { octave: 0, scale: 1.5, iterations: 10, learning_rate: 0.003, total_variation: 0.1 },
    start: golden.frame("gen_cur"),
    before: [golden.frame("gen_prev")],
    targets: targetFrames(targets),
    weights: termWeights,
    balance: "initial",
    color: "rgb",
    stop: undefined,
    earlier: [],
    optimizer: {
      ...descent,
      update(input) {
        see(input.gradient);
        return descent.update(input);
      },
    },
  }, {});
  assert.ok("finished" in outcome);
  return outcome.finished;
}
