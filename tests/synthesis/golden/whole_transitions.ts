/**
 * The transitions of transition.npz, made by this program: octave by octave from the golden states, or in one go.
 * @module
 */
import { difference } from "../../frames/golden_frames.ts";
import { type Frame, synthesizeTransition } from "../../../mod.ts";
import { blend } from "../../../lib/frames/blend.ts";
import { targetFrames } from "../../../lib/synthesis/requests.ts";
import { type Resample, targetTerms } from "../../../lib/synthesis/settings.ts";
import { runTransition } from "../../../lib/synthesis/transition.ts";
import { assertAtMost, byDefault, exactly, openGolden, renderEngine, weights } from "./golden_setting.ts";
import {
  assertGoldenOctave,
  goldenOctave,
  goldenPrograms,
  goldenStart,
  goldenSteps,
  goldenTargets,
  type TransitionNumber,
} from "./golden_transition.ts";

/** Asserts that octaves, by mode, transition and position, end as the authors' code's, each begun at the golden state before it. */
export async function assertOctaves(
  octaves: readonly (readonly [Resample, TransitionNumber, 0 | 1])[],
): Promise<void> {
  const golden = await openGolden("transition.npz");
  await using engine = await renderEngine(exactly);
  await using programs = await goldenPrograms(golden, engine);
  for (const [mode, transition, index] of octaves) {
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

/** Asserts that transitions, each begun where the one before has ended, make the authors' code's frames. */
export async function assertWholeTransitions(
  mode: Resample,
  transitions: readonly TransitionNumber[],
): Promise<void> {
  const golden = await openGolden("transition.npz");
  await using engine = await renderEngine(byDefault);
  let { previous, start } = goldenStart(golden, mode, 1);
  for (const transition of transitions) {
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
