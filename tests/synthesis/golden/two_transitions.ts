/**
 * Both transitions of transition.npz in one go, as a render makes them: each begins where the one before has ended.
 * @module
 */
import { difference } from "../../frames/golden_frames.ts";
import { type Frame, synthesizeTransition } from "../../../mod.ts";
import { blend } from "../../../lib/frames/blend.ts";
import type { Resample } from "../../../lib/synthesis/settings.ts";
import { assertAtMost, byDefault, openGolden, renderEngine, weights } from "./golden_setting.ts";
import { goldenStart, goldenSteps, goldenTargets } from "./golden_transition.ts";

/** Asserts that the finished frames are the authors' code's. */
export async function assertTwoTransitions(mode: Resample): Promise<void> {
  const golden = await openGolden("transition.npz");
  await using engine = await renderEngine(byDefault);
  let { previous, start } = goldenStart(golden, mode, 1);
  for (const transition of [1, 2] as const) {
    const { frame } = await synthesizeTransition({
      previous,
      start,
      targets: goldenTargets(golden, transition),
      octaves: goldenSteps(golden),
      resample: mode,
      colorTransfer: {
        target: colorTarget(golden.clip("target_ss"), transition),
        variant: "pdf_regrain",
      },
      engine,
      ...(weights === undefined ? {} : { weights }),
    });
    const expected = golden.frame(`${mode}_t${transition}_color_transferred`);
    assertAtMost(difference(frame, expected).mean, 2e-3, `finished frame ${transition}`);
    previous = frame;
    start = blend(frame, golden.frame(`noise_blend_${transition}`), golden.number("blend"));
  }
}

/** The frame that a transition takes its colors from. */
export function colorTarget(clip: readonly Frame[], transition: number): Frame {
  const frame = clip[transition];
  if (frame === undefined) throw new Error(`no frame ${transition} in the color target`);
  return frame;
}
