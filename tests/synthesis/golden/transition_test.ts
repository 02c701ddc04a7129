/**
 * Whole transitions against the authors' code: each octave from the golden state before it, and everything in one go.
 */
import { difference } from "../../frames/golden_frames.ts";
import { transferColor } from "../../../mod.ts";
import { blend } from "../../../lib/frames/blend.ts";
import { assertAtMost, isMissing, openGolden } from "./golden_setting.ts";
import { assertOctaves, assertWholeTransitions, colorTarget } from "./whole_transitions.ts";

const ignore = isMissing("transition.npz");

// The modes differ in what a second octave is shown, which a whole transition tells: what is left out of `cascade` is in
// tests/slow/golden_transition_test.ts.
Deno.test({
  name:
    "octaves, each from the golden state before it, end as the authors' code's (transition.npz, original, --exact)",
  ignore,
  fn: () =>
    assertOctaves([
      ["original", 1, 0],
      ["original", 1, 1],
      ["original", 2, 0],
      ["original", 2, 1],
    ]),
});

Deno.test({
  name: "two transitions in one go end as the authors' code's (transition.npz, original)",
  ignore,
  fn: () => assertWholeTransitions("original", [1, 2]),
});

Deno.test({
  name: "a transition in one go ends as the authors' code's (transition.npz, cascade)",
  ignore,
  fn: () => assertWholeTransitions("cascade", [1]),
});

for (const mode of ["cascade", "original"] as const) {
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
