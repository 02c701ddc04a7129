/**
 * The golden tests can fail: each known way to get the algorithm wrong is caught by the comparison that the others pass.
 */
import assert from "node:assert/strict";
import { atOctaves } from "../../../lib/synthesis/octaves.ts";
import type { Optimizer } from "../../../lib/synthesis/optimizers/optimizer.ts";
import { createOptimizer } from "../../../lib/synthesis/optimizers/table.ts";
import type { SynthesisPrograms } from "../../../lib/synthesis/programs.ts";
import { targetFrames } from "../../../lib/synthesis/requests.ts";
import { type OctaveResult, runOctave } from "../../../lib/synthesis/run_octave.ts";
import type { OctaveInput } from "../../../lib/synthesis/begin_octave.ts";
import { targetTerms } from "../../../lib/synthesis/settings.ts";
import { byDefault, type GoldenFile, isMissing, openGolden, renderEngine } from "./golden_setting.ts";
import { assertGoldenFrame, goldenOctave, goldenPrograms } from "./golden_transition.ts";

const ignore = isMissing("transition.npz");

/** The first octave of the first transition, all of it as it should be. */
function firstOctave(golden: GoldenFile): OctaveInput {
  const { step, previous, start, targets } = goldenOctave(golden, "original", 1, 0);
  const small = (frame: typeof start) => atOctaves(frame, [step], "original")[0] ?? frame;
  return {
    frame: 1,
    index: 0,
    step,
    start: small(start),
    before: [small(previous)],
    targets: Object.fromEntries(
      Object.entries(targetFrames(targets)).map(([term, frames]) => [
        term,
        frames.map(({ before, current, share }) => ({
          share,
          current: small(current),
          before: before?.map(small),
        })),
      ]),
    ),
    weights: {
      ...Object.fromEntries(targetTerms.map((term) => [term, targets[term]?.weight ?? NaN])),
      total_variation: step.total_variation,
    },
    balance: "initial",
    color: "rgb",
    stop: undefined,
    earlier: [],
    optimizer: createOptimizer({ name: "descent", normalize_gradient: true }),
  };
}

/** Descent that forgets to clip. */
const unclipped: Optimizer = {
  name: "unclipped",
  init: () => ({}),
  update({ frame, gradient, learningRate, state }) {
    const mean = gradient.reduce((sum, value) => sum + value, 0) / gradient.length;
    const variance = gradient.reduce((sum, value) => sum + (value - mean) ** 2, 0) / gradient.length;
    const data = frame.data.map((value, i) =>
      value - learningRate * (gradient[i] ?? NaN) / Math.sqrt(variance)
    );
    return { frame: { ...frame, data }, state, moved: true };
  },
};

const mutations: Readonly<Record<string, (octave: OctaveInput) => OctaveInput>> = {
  "total variation left out": (octave) => ({ ...octave, weights: { ...octave.weights, total_variation: 0 } }),
  "the standard deviation taken per channel": (octave) => ({
    ...octave,
    optimizer: createOptimizer({ name: "descent", normalize_gradient: "per_channel" }),
  }),
  "no clipping": (octave) => ({ ...octave, optimizer: unclipped }),
  "weights ignored": (octave) => ({
    ...octave,
    weights: {
      ...Object.fromEntries(targetTerms.map((term) => [term, 1])),
      total_variation: octave.weights.total_variation ?? NaN,
    },
  }),
  "losses not balanced": (octave) => ({ ...octave, balance: "none" }),
};

async function run(programs: SynthesisPrograms, octave: OctaveInput): Promise<OctaveResult> {
  const outcome = await runOctave(programs, octave, {});
  assert.ok("finished" in outcome);
  return outcome.finished;
}

Deno.test({
  name: "the golden octave is missed with a wrong total variation, deviation, clipping, weights or balance",
  ignore,
  async fn() {
    const golden = await openGolden("transition.npz");
    await using engine = await renderEngine(byDefault);
    await using programs = await goldenPrograms(golden, engine);
    const expected = golden.frame("original_t1_octave0_end_frame");
    const right = firstOctave(golden);
    assertGoldenFrame((await run(programs, right)).endFrame, expected, 0);
    for (const [name, mutate] of Object.entries(mutations)) {
      const { endFrame } = await run(programs, mutate(right));
      assert.throws(() => assertGoldenFrame(endFrame, expected, 0), `${name} goes unnoticed`);
    }
  },
});

Deno.test({
  name: "the golden frames of the two resampling modes are told apart",
  ignore,
  async fn() {
    const golden = await openGolden("transition.npz");
    const [cascade, original] = ["cascade", "original"].map((mode) =>
      golden.frame(`${mode}_t1_octave1_end_frame`)
    );
    assert.ok(cascade !== undefined && original !== undefined);
    assert.throws(() => assertGoldenFrame(cascade, original, 1));
  },
});
