/**
 * Making the frames of a synthesis that are not in the store yet, each from the one before it.
 * @module
 */
import { blend } from "../../frames/blend.ts";
import type { Frame, Size } from "../../frames/frame.ts";
import { uniformNoise } from "../../frames/noise.ts";
import type { ModelSource } from "../../models/stream_model.ts";
import type { StageContext } from "../../plan/stage_kind.ts";
import { keyframeValue } from "../../synthesis/keyframes.ts";
import { octaveSteps } from "../../synthesis/octaves.ts";
import { firstTime } from "../../synthesis/padding.ts";
import { SynthesisPrograms } from "../../synthesis/programs.ts";
import { layerWeights, type ObjectiveRecipe, type TermRecipe } from "../../synthesis/recipe.ts";
import { openStream } from "../../synthesis/requests.ts";
import { NonFiniteLossError } from "../../synthesis/run_octave.ts";
import { type SynthesisSettings, targetTerms } from "../../synthesis/settings.ts";
import { terms } from "../../synthesis/terms/table.ts";
import { type FinishedTransition, runTransition, type TransitionInput } from "../../synthesis/transition.ts";
import { frameOf, readColorTarget, readStart, readTargets } from "./read_inputs.ts";
import { finiteValues, type GivenWarnings, reportTransition } from "./report_transition.ts";
import { keepState, savedState } from "./saved_state.ts";

/**
 * Walks through time from the first padding frame on, beginning after what is in the store. Returns early when a stop
 * is requested, and then leaves the state inside the frame. Throws a RunError when a loss becomes NaN.
 */
export async function runSynthesis(settings: SynthesisSettings, context: StageContext): Promise<void> {
  if (context.artifact.made !== "video") throw new Error(`a synthesis that makes a ${context.artifact.made}`);
  const { store } = context;
  const { frames, ...size } = context.artifact.video;
  const first = firstTime(settings.padding);
  let time = first + await store.finishedFrames(first);
  if (time >= frames) return;

  const start = await readStart(settings, context.inputs, size);
  const given: GivenWarnings = new Set();
  await using programs = new SynthesisPrograms(
    await context.engine(),
    await openRecipe(settings, context.models),
  );
  while (time < frames && !context.stopRequested()) {
    const began = performance.now();
    if (time === first && settings.padding.frames > 0) {
      const frame = start ??
        uniformNoise({ seed: settings.seed, frame: time, purpose: "firstFrame" }, size.height, size.width);
      await store.writeFrame(time, storedFrame(frame), { seconds: secondsSince(began), iterations: 0 });
    } else {
      const input = await transitionInput(settings, context, { time, size, start });
      const finished = await makeFrame(programs, input, context, given);
      if (finished === undefined) return;
      await finishFrame(input, finished, context, { frames, seconds: secondsSince(began) });
    }
    time = first + await store.finishedFrames(first);
  }
}

/** The models of the terms' streams, with the layers that are meant. */
async function openRecipe(settings: SynthesisSettings, models: ModelSource): Promise<ObjectiveRecipe> {
  const recipes: TermRecipe[] = [];
  for (const term of targetTerms) {
    const found = settings.targets[term];
    if (found === undefined) continue;
    const { stream } = terms[term];
    const model = await openStream(models, stream, settings.streams[stream]);
    const layers = layerWeights(term, found.layers, model.declaration);
    recipes.push({ term, model, layers, targets: found.targets.length });
  }
  return { terms: recipes, normalization: settings.normalization };
}

/** What the frame at a time is made from. */
async function transitionInput(
  settings: SynthesisSettings,
  { inputs, store }: StageContext,
  { time, size, start }: { readonly time: number; readonly size: Size; readonly start: Frame | undefined },
): Promise<TransitionInput> {
  const { padding, seed } = settings;
  const first = firstTime(padding);
  const previous = time === first ? undefined : frameOf(await store.readFrame(time - 1));
  const isFirstMade = time === (padding.frames > 0 ? first + 1 : first);
  return {
    frame: time,
    size,
    previous,
    start: isFirstMade || previous === undefined
      ? start ?? uniformNoise({ seed, frame: time, purpose: "firstStart" }, size.height, size.width)
      : blend(
        previous,
        uniformNoise({ seed, frame: time, purpose: "blend" }, size.height, size.width),
        keyframeValue(settings.blend, time),
      ),
    targets: await readTargets(settings, inputs, time),
    weights: Object.fromEntries(
      targetTerms.map((term) => [term, keyframeValue(settings.targets[term]?.weight ?? 0, time)]),
    ),
    octaves: octaveSteps(settings.octaves, time),
    balance: settings.balance,
    resample: settings.resample,
    optimizer: settings.optimizer,
    colorTransfer: await readColorTarget(settings, inputs, time),
  };
}

/** Runs the transition from where a stop left it; undefined when it was stopped again. */
async function makeFrame(
  programs: SynthesisPrograms,
  input: TransitionInput,
  context: StageContext,
  given: GivenWarnings,
): Promise<FinishedTransition | undefined> {
  const engine = await context.engine();
  const resume = await savedState(context, input, engine.identity);
  try {
    const outcome = await runTransition(
      programs,
      { ...input, resume },
      reportTransition(input.frame, context, given),
    );
    if ("finished" in outcome) return outcome.finished;
    await keepState(context.store, outcome.stopped, input, engine.identity);
    return undefined;
  } catch (error) {
    if (error instanceof NonFiniteLossError && error.lastGood !== undefined) {
      await keepState(context.store, error.lastGood, input, engine.identity);
    }
    throw error;
  }
}

async function finishFrame(
  { frame: time, octaves }: TransitionInput,
  finished: FinishedTransition,
  { store, emit }: StageContext,
  { frames, seconds }: { readonly frames: number; readonly seconds: number },
): Promise<void> {
  const last = finished.octaves.at(-1);
  const residuals = last?.residuals ?? {};
  await store.writeFrame(time, storedFrame(finished.frame), {
    ...(last && { losses: finiteValues(last.endLosses), residuals }),
    seconds,
    iterations: octaves.reduce((sum, { iterations }) => sum + iterations, 0),
  });
  if (time === 0) await store.removePadding();
  emit({ type: "frame.finished", frame: time, of: frames, seconds, residuals });
}

function storedFrame({ height, width, data }: Frame) {
  return { shape: [height, width, 3], data };
}

function secondsSince(began: number): number {
  return (performance.now() - began) / 1000;
}
