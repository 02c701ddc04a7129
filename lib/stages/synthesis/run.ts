/**
 * Making the frames of a synthesis that are not in the store yet, each from the one before it.
 * @module
 */
import { blend } from "../../frames/blend.ts";
import type { Frame, Size } from "../../frames/frame.ts";
import { grayNoise } from "../../frames/gray_noise.ts";
import { type NoisePurpose, uniformNoise } from "../../frames/noise.ts";
import type { ModelSource } from "../../models/stream_model.ts";
import type { StageContext } from "../../plan/stage_kind.ts";
import type { StageStore } from "../../store/stage_store.ts";
import { keyframeValue } from "../../synthesis/keyframes.ts";
import { octaveSteps } from "../../synthesis/octaves.ts";
import { firstOptimizedTime, firstTime } from "../../synthesis/padding.ts";
import { SynthesisPrograms } from "../../synthesis/programs.ts";
import { layerWeights, type ObjectiveRecipe, type TermRecipe } from "../../synthesis/recipe.ts";
import { openStream } from "../../synthesis/requests.ts";
import { NonFiniteLossError } from "../../synthesis/run_octave.ts";
import { type FrameColor, type SynthesisSettings, targetTerms } from "../../synthesis/settings.ts";
import { terms } from "../../synthesis/terms/table.ts";
import { type FinishedTransition, runTransition, type TransitionInput } from "../../synthesis/transition.ts";
import { type ModelWindow, reachOf, timesBefore } from "../../synthesis/window.ts";
import { frameOf } from "../read_frames.ts";
import { grayInputs } from "./gray_inputs.ts";
import { type Inputs, readAhead, readColorTarget, readStart, readTargets } from "./read_inputs.ts";
import { recentFrames } from "./recent_frames.ts";
import { finiteValues, type GivenWarnings, type KeepState, reportTransition } from "./report_transition.ts";
import { keepState, savedState } from "./saved_state.ts";

/**
 * Walks through time from the first padding frame on, beginning after what is in the store. Leaves the state inside a frame
 * from time to time, and when a stop is requested, at which it returns early. Throws a RunError when a loss becomes NaN.
 */
export async function runSynthesis(settings: SynthesisSettings, context: StageContext): Promise<void> {
  const { artifact, store } = context;
  if (artifact.made !== "video") throw new Error(`a synthesis that makes a ${artifact.made}`);
  const { frames, height, width, color = "rgb" } = artifact.video;
  const size = { height, width };
  const recipe = await openRecipe(settings, context.models);
  const window = windowOf(recipe);
  const sources = color === "gray" ? grayInputs(context) : context.inputs;
  const inputs = Object.fromEntries(
    Object.entries(sources).map(([role, source]) => [role, recentFrames(source, reachOf(window) + 1)]),
  );
  const first = firstTime(settings.padding);
  let time = first + await store.finishedFrames(first);
  if (time >= frames) return;

  const start = await readStart(settings, inputs, size);
  const warned: GivenWarnings = new Set();
  await using programs = new SynthesisPrograms(await context.engine(), recipe);
  while (time < frames && !context.stopRequested()) {
    const began = performance.now();
    if (time === first && settings.padding.frames > 0) {
      const frame = start ?? noiseOf(settings, { size, color }, time, "firstFrame");
      await store.writeFrame(time, storedFrame(frame), { seconds: secondsSince(began), iterations: 0 });
    } else {
      const input = await transitionInput(settings, { inputs, store }, { time, size, color, start, window });
      if (time + 1 < frames) readAhead(settings, inputs, window, time + 1);
      const finished = await makeFrame(programs, input, context, warned);
      if (finished === undefined) return;
      await finishFrame(input, finished, context, { frames, seconds: secondsSince(began) });
      // The padding stays as long as a model still sees it, also where the clip is to become longer.
      if (time === Math.max(0, reachOf(window) - 1)) await store.removePadding();
      await programs.disposeUnused();
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

/** What the temporal model sees; where there is none, the frame before all the same. */
function windowOf({ terms: recipes }: ObjectiveRecipe): ModelWindow {
  const temporal = recipes.find(({ term }) => terms[term].stream === "temporal");
  return temporal?.model.declaration ?? { frames: 2 };
}

/** A frame before anything is read for it. */
interface FrameToMake {
  readonly time: number;
  readonly size: Size;
  readonly color: FrameColor;
  /** What `start_from` names; undefined when it is noise. */
  readonly start: Frame | undefined;
  readonly window: ModelWindow;
}

function noiseOf(
  { seed }: SynthesisSettings,
  { size: { height, width }, color }: Pick<FrameToMake, "size" | "color">,
  frame: number,
  purpose: NoisePurpose,
): Frame {
  return (color === "gray" ? grayNoise : uniformNoise)({ seed, frame, purpose }, height, width);
}

/** What the frame at a time is made from. */
async function transitionInput(
  settings: SynthesisSettings,
  { inputs, store }: { readonly inputs: Inputs; readonly store: StageStore },
  made: FrameToMake,
): Promise<TransitionInput> {
  const { time, size, color, start, window } = made;
  const { padding } = settings;
  const first = firstTime(padding);
  const frameAt = async (at: number) => frameOf(await store.readFrame(at));
  const previous = time === first ? undefined : await frameAt(time - 1);
  const earlier = time === first ? [] : timesBefore(window, time, first);
  const before = await Promise.all(
    earlier.map(async (at) => at === time - 1 && previous ? previous : await frameAt(at)),
  );
  const isFirstMade = time === firstOptimizedTime(padding);
  return {
    frame: time,
    size,
    previous,
    before,
    start: isFirstMade || previous === undefined
      ? start ?? noiseOf(settings, made, time, "firstStart")
      : blend(previous, noiseOf(settings, made, time, "blend"), keyframeValue(settings.blend, time)),
    targets: await readTargets(settings, inputs, window, time),
    weights: Object.fromEntries(
      targetTerms.map((term) => [term, keyframeValue(settings.targets[term]?.weight ?? 0, time)]),
    ),
    octaves: octaveSteps(settings.octaves, time),
    balance: settings.balance,
    resample: settings.resample,
    optimizer: settings.optimizer,
    stop: settings.stop,
    color,
    colorTransfer: await readColorTarget(settings, inputs, time),
  };
}

/** Runs the transition from where a stop left it; undefined when it was stopped again. */
async function makeFrame(
  programs: SynthesisPrograms,
  input: TransitionInput,
  context: StageContext,
  warned: GivenWarnings,
): Promise<FinishedTransition | undefined> {
  const engine = await context.engine();
  const resume = await savedState(context, input, engine.identity);
  const keep: KeepState = (state) => keepState(context.checkpoints, state, input, engine.identity);
  try {
    const observer = reportTransition(input.frame, context, { given: warned, keep });
    const outcome = await runTransition(programs, { ...input, resume }, observer);
    if ("finished" in outcome) return outcome.finished;
    await keep(outcome.stopped);
    return undefined;
  } catch (error) {
    if (error instanceof NonFiniteLossError && error.lastGood !== undefined) await keep(error.lastGood);
    throw error;
  }
}

async function finishFrame(
  { frame: time }: TransitionInput,
  finished: FinishedTransition,
  { store, emit }: StageContext,
  { frames, seconds }: { readonly frames: number; readonly seconds: number },
): Promise<void> {
  const last = finished.octaves.at(-1);
  const residuals = last?.residuals ?? {};
  await store.writeFrame(time, storedFrame(finished.frame), {
    ...(last && { losses: finiteValues(last.endLosses), residuals }),
    seconds,
    iterations: finished.ends.reduce((sum, { iterations }) => sum + iterations, 0),
    octaves: finished.ends,
  });
  emit({ type: "frame.finished", frame: time, of: frames, seconds, residuals });
}

function storedFrame({ height, width, data }: Frame) {
  return { shape: [height, width, 3], data };
}

function secondsSince(began: number): number {
  return (performance.now() - began) / 1000;
}
