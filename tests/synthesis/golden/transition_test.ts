/**
 * Whole transitions against the authors' code: each octave from the golden state before it, and everything in one go.
 */
import { difference } from "../../frames/golden_frames.ts";
import { transferColor } from "../../../mod.ts";
import { blend } from "../../../lib/frames/blend.ts";
import { runTransition } from "../../../lib/synthesis/transition.ts";
import { targetFrames } from "../../../lib/synthesis/requests.ts";
import { type Resample, targetTerms } from "../../../lib/synthesis/settings.ts";
import { assertAtMost, exactly, isMissing, openGolden, renderEngine } from "./golden_setting.ts";
import { assertGoldenOctave, goldenOctave, goldenPrograms } from "./golden_transition.ts";
import { assertTwoTransitions, colorTarget } from "./two_transitions.ts";

const ignore = isMissing("transition.npz");
const modes: readonly Resample[] = ["cascade", "original"];

Deno.test({
  name:
    "each octave, from the golden state before it, ends as the authors' code's (transition.npz, both modes, --exact)",
  ignore,
  async fn() {
    const golden = await openGolden("transition.npz");
    await using engine = await renderEngine(exactly);
    await using programs = await goldenPrograms(golden, engine);
    for (const mode of modes) {
      for (const [transition, index] of [[1, 0], [1, 1], [2, 0], [2, 1]] as const) {
        const { step, targets, previous, start } = goldenOctave(golden, mode, transition, index);
        const outcome = await runTransition(programs, {
          frame: transition,
          size: previous,
          previous,
          start,
          targets: targetFrames(targets),
          weights: Object.fromEntries(targetTerms.map((term) => [term, targets[term]?.weight ?? NaN])),
          octaves: [step],
          balance: "initial",
          resample: mode,
          optimizer: { name: "descent", normalize_gradient: true },
          colorTransfer: undefined,
        });
        const made = "finished" in outcome ? outcome.finished.octaves[0] : undefined;
        if (made === undefined) throw new Error("the octave was not finished");
        assertGoldenOctave(golden, made, mode, transition, index);
      }
    }
  },
});

// The other mode differs in what its second octave is shown, which is above and in tests/synthesis/transition_test.ts: it is slow.
Deno.test({
  name: "two transitions in one go end as the authors' code's (transition.npz, original)",
  ignore,
  fn: () => assertTwoTransitions("original"),
});

for (const mode of modes) {
  Deno.test({
    name:
      `color transfer and blend of the golden end frames are the authors' code's (transition.npz, ${mode})`,
    ignore,
    async fn() {
      const golden = await openGolden("transition.npz");
      for (const transition of [1, 2] as const) {
        const name = `${mode}_t${transition}`;
        const target = colorTarget(golden.clip("target_ss"), transition);
        const { mean, max } = difference(
          transferColor(golden.frame(`${name}_octave1_end_frame`), target, "pdf_regrain"),
          golden.frame(`${name}_color_transferred`),
        );
        assertAtMost(mean, 1e-5, `color transfer ${transition}, mean`);
        assertAtMost(max, 1e-4, `color transfer ${transition}, largest`);
        const next = blend(
          golden.frame(`${name}_color_transferred`),
          golden.frame(`noise_blend_${transition}`),
          golden.number("blend"),
        );
        assertAtMost(
          difference(next, golden.frame(`${name}_next_start`)).max,
          1e-6,
          `next start ${transition}`,
        );
      }
    },
  });
}
