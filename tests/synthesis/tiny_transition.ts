/**
 * A transition of the tiny models.
 * @module
 */
import assert from "node:assert/strict";
import type { Engine } from "../../lib/engines/engine.ts";
import type { TransitionObserver } from "../../lib/synthesis/observer.ts";
import { SynthesisPrograms } from "../../lib/synthesis/programs.ts";
import { recipeOf, targetFrames, type TermTargets } from "../../lib/synthesis/requests.ts";
import {
  type FinishedTransition,
  runTransition,
  type TransitionInput,
  type TransitionOutcome,
} from "../../lib/synthesis/transition.ts";
import { noiseFrame, tinyModels, tinyStreams } from "./tiny_models.ts";

/** Full size of the frame that is made. */
export const size = { height: 24, width: 32 };

/** Runs it; what is left out is as `numerics.md` has it. */
export async function runTinyTransition(
  engine: Engine,
  targets: TermTargets,
  given: Partial<TransitionInput> & Pick<TransitionInput, "octaves">,
  observer: TransitionObserver,
): Promise<TransitionOutcome> {
  const recipe = await recipeOf(targets, tinyStreams, "reference", tinyModels);
  await using programs = new SynthesisPrograms(engine, recipe);
  return await runTransition(programs, {
    frame: 7,
    size,
    previous: noiseFrame(1, size.height, size.width),
    start: noiseFrame(2, size.height, size.width),
    targets: targetFrames(targets),
    weights: { spatial_content: 1, spatial_texture: 1, temporal_content: 1, temporal_texture: 1 },
    balance: "initial",
    resample: "original",
    optimizer: { name: "descent", normalize_gradient: true },
    colorTransfer: undefined,
    ...given,
  }, observer);
}

/** The frame of a transition that was not stopped. */
export function finished(outcome: TransitionOutcome): FinishedTransition {
  assert.ok("finished" in outcome, "the transition was stopped");
  return outcome.finished;
}
