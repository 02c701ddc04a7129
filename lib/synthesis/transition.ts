/**
 * One transition: frame t is made from frame t - 1 and the targets, octave by octave.
 *
 * How a frame comes about, from here down:
 * - `TermSettings` (settings.ts) is a loss as the workflow has it: videos by name, keyframes, layers by name or "default".
 *   Read for a whole synthesis, it becomes a `TermRecipe` (recipe.ts): the opened model, and layers with their weights.
 *   Read at one time t, it becomes `TransitionTargets` (targets.ts): frame t of each target, and those before it that the
 *   term's model sees (window.ts).
 * - `runTransition` resizes the frames before and the targets for each octave and hands the moving frame from one octave to
 *   the next; at the end it transfers the colors.
 * - `runOctave` (run_octave.ts) evaluates the targets' statistics once, balances the losses, and then iterates: the
 *   objective at the moving frame gives losses and a gradient, the optimizer an update, until a rule (stop.ts) ends it.
 * - `SynthesisPrograms` (programs.ts) compiles the graphs of each size once and keeps them for all frames.
 * - objective.ts builds these graphs out of the models' layers and the comparisons of terms/.
 *
 * Between two iterations all of this is a `TransitionState` (state.ts), with which `runTransition` can go on later.
 * @module
 */
import {
  type ColorTransferVariant,
  transferColor,
  transferGray,
} from "../frames/color_transfer/transfer_color.ts";
import type { Frame, Size } from "../frames/frame.ts";
import { resizeBilinear } from "../frames/resize.ts";
import { findFlatRegions } from "./flat_regions.ts";
import type { TransitionObserver } from "./observer.ts";
import { atOctaves, octaveSize } from "./octaves.ts";
import { createOptimizer } from "./optimizers/table.ts";
import type { SynthesisPrograms } from "./programs.ts";
import type { ResizedFrames } from "./resized_frames.ts";
import { type OctaveResult, runOctave } from "./run_octave.ts";
import {
  type Balance,
  type FrameColor,
  type OctaveStep,
  type OptimizerSettings,
  type Resample,
  type StopSettings,
  type TargetTerm,
  targetTerms,
  type TermName,
} from "./settings.ts";
import type { TransitionState } from "./state.ts";
import type { OctaveEnd } from "./stop.ts";
import type { TargetFrames, TransitionTargets } from "./targets.ts";

/** What a frame is made from. */
export interface TransitionInput {
  /** Output frame number, for states and messages; negative in the padding. */
  readonly frame: number;
  /** Full size of what is made. */
  readonly size: Size;
  /** The frame before, of full size; only a first frame made by spatial terms alone has none. */
  readonly previous: Frame | undefined;
  /** The frames before that the temporal model sees, oldest first, of full size. Left out: `previous` alone. */
  readonly before?: readonly Frame[];
  /** Resized where it has not the first octave's size. */
  readonly start: Frame;
  /** Content targets must have the full size; others keep their own, which octaves scale as they scale the frame. */
  readonly targets: TransitionTargets;
  readonly weights: Readonly<Partial<Record<TargetTerm, number>>>;
  readonly octaves: readonly OctaveStep[];
  readonly balance: Balance;
  readonly resample: Resample;
  readonly optimizer: OptimizerSettings;
  /** Octaves do all of their iterations when it is left out. */
  readonly stop?: StopSettings | undefined;
  /** "gray": what is made has equal red, green and blue, as everything above must have. "rgb" when left out. */
  readonly color?: FrameColor;
  /** Whose colors the finished frame takes. */
  readonly colorTransfer: { readonly target: Frame; readonly variant: ColorTransferVariant } | undefined;
  /** Goes on from here; octaves before it are not run again. */
  readonly resume?: TransitionState | undefined;
}

/** A frame that is done. */
export interface FinishedTransition {
  /** After color transfer, of full size. */
  readonly frame: Frame;
  /** Those that were run in this call, in order. */
  readonly octaves: readonly OctaveResult[];
  /** How each octave ended, those of earlier calls too. */
  readonly ends: readonly OctaveEnd[];
}

/** What came of a transition: it is done, or was stopped between two iterations. */
export type TransitionOutcome = { readonly finished: FinishedTransition } | {
  readonly stopped: TransitionState;
};

/**
 * Makes a frame. The moving frame goes from octave to octave; the frames before and the targets are resized for each
 * from full size or from the octave before (`resample`). Throws a NonFiniteLossError when a loss becomes NaN.
 */
export async function runTransition(
  programs: SynthesisPrograms,
  input: TransitionInput,
  observer: TransitionObserver = {},
): Promise<TransitionOutcome> {
  const { octaves: steps, size, resume, weights } = input;
  if (programs.engine.convolution !== "direct") {
    const flat = findFlatRegions(programs.recipe, input);
    if (flat !== undefined) observer.warn?.({ code: "flat_regions", ...flat });
  }
  const optimizer = createOptimizer(input.optimizer);
  const seen = input.before ?? (input.previous === undefined ? [] : [input.previous]);
  const before = new Map([...new Set(seen)].map((frame) => [frame, atOctaves(frame, steps, input.resample)]));
  const targets = targetsAtOctaves(input, programs.resized);
  const done: OctaveResult[] = [];
  const ends: OctaveEnd[] = [...resume?.earlier ?? []];
  let moving = input.start;
  for (const [index, step] of steps.entries()) {
    if (resume !== undefined && index < resume.octaveIndex) continue;
    const { height, width } = octaveSize(size, step);
    const outcome = await runOctave(programs, {
      frame: input.frame,
      index,
      step,
      start: resizeBilinear(moving, height, width),
      before: seen.flatMap((frame) => before.get(frame)?.[index] ?? []),
      targets: targets(index),
      weights: weightsAt(step, weights),
      balance: input.balance,
      optimizer,
      stop: input.stop,
      color: input.color ?? "rgb",
      earlier: [...ends],
      resume: index === resume?.octaveIndex ? resume : undefined,
    }, observer);
    if ("stopped" in outcome) return outcome;
    const { octave, iterations, of, ended } = outcome.finished;
    done.push(outcome.finished);
    ends.push({ octave, iterations, of, ended });
    moving = outcome.finished.endFrame;
  }
  const full = resizeBilinear(moving, size.height, size.width);
  const { colorTransfer } = input;
  const transfer = input.color === "gray" ? transferGray : transferColor;
  const frame = colorTransfer ? transfer(full, colorTransfer.target, colorTransfer.variant) : full;
  return { finished: { frame, octaves: done, ends } };
}

/** The weight of each term at an octave. */
function weightsAt(
  { total_variation, temporal = 1 }: OctaveStep,
  weights: TransitionInput["weights"],
): Readonly<Partial<Record<TermName, number>>> {
  const all: Partial<Record<TermName, number>> = { ...weights, total_variation };
  for (const term of ["temporal_content", "temporal_texture"] as const) {
    const weight = weights[term];
    if (weight !== undefined) all[term] = temporal * weight;
  }
  return all;
}

/** The targets by position in the schedule. */
function targetsAtOctaves(
  { targets, octaves, resample }: TransitionInput,
  resizedFrames: ResizedFrames,
): (index: number) => TransitionTargets {
  const resized = (target: TargetFrames) => ({
    share: target.share,
    current: resizedFrames.atOctaves(target.current, octaves, resample),
    before: target.before?.map((frame) => resizedFrames.atOctaves(frame, octaves, resample)),
  });
  const all = targetTerms.flatMap((term) => {
    const found = targets[term];
    return found === undefined ? [] : [{ term, versions: found.map(resized) }];
  });
  return (index) =>
    Object.fromEntries(all.map(({ term, versions }) => [
      term,
      versions.flatMap(({ share, current, before }) => {
        const at = current[index];
        return at === undefined
          ? []
          : [{ share, current: at, before: before?.flatMap((frame) => frame[index] ?? []) }];
      }),
    ]));
}
