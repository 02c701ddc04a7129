/**
 * One octave of one transition: the moving frame is updated until the iterations are done, or a rule of `stop` holds.
 * @module
 */
import { RunError } from "../errors.ts";
import type { Frame } from "../frames/frame.ts";
import {
  type Balance,
  type FrameColor,
  type OctaveStep,
  type StopSettings,
  type TargetTerm,
  targetTerms,
} from "./settings.ts";
import { balanceTerms, productOf, termsOf, type TermValues, weightedSum } from "./balance.ts";
import { clippedShare } from "./clipped_share.ts";
import { grayGradient } from "./gray_gradient.ts";
import type { TransitionObserver } from "./observer.ts";
import type { Optimizer } from "./optimizers/optimizer.ts";
import { standardDeviation } from "./optimizers/standard_deviation.ts";
import type { Evaluation, Objective, SynthesisPrograms } from "./programs.ts";
import type { ObjectiveRecipe } from "./recipe.ts";
import { relativeResiduals } from "./relative_residuals.ts";
import type { IterationRecord, TransitionState } from "./state.ts";
import { lowestSoFar, type OctaveEnd, reasonToEnd } from "./stop.ts";
import { evaluateTargets, type LayerValues, type OctaveTargets, type TransitionTargets } from "./targets.ts";

/** What an octave works on; all frames have their size at this octave. */
export interface OctaveInput {
  /** Output frame number and position in the schedule, for states and messages. */
  readonly frame: number;
  readonly index: number;
  readonly step: OctaveStep;
  readonly start: Frame;
  readonly previous: Frame | undefined;
  readonly targets: TransitionTargets;
  /** Of each term, total variation too. */
  readonly weights: TermValues;
  readonly balance: Balance;
  readonly optimizer: Optimizer;
  readonly stop: StopSettings | undefined;
  readonly color: FrameColor;
  /** How the octaves before it ended. */
  readonly earlier: readonly OctaveEnd[];
  /** Goes on from here instead of `start`. */
  readonly resume?: TransitionState | undefined;
}

/** What an octave made. */
export interface OctaveResult extends OctaveEnd {
  /** Raw, of the frame that the octave began with. */
  readonly startLosses: TermValues;
  /** What the raw losses were multiplied with, beside their weights. */
  readonly multipliers: TermValues;
  /** Raw, of `endFrame`. */
  readonly endLosses: TermValues;
  /** ||G - G'||^2 / ||G'||^2 of each texture layer at the end; of content layers the same with activations. */
  readonly residuals: LayerValues;
  /** The moving frame after the last update, or a better one that the optimizer came from; of the octave's size. */
  readonly endFrame: Frame;
  /** One record for each update. */
  readonly history: readonly IterationRecord[];
}

/** The loss became NaN or infinite. `lastGood` is the state before, if there is one in this octave. */
export class NonFiniteLossError extends RunError {
  constructor(message: string, readonly lastGood: TransitionState | undefined) {
    super(message);
  }
}

/** A state without its history, of which the octave keeps one growing list. */
type Moment = Omit<TransitionState, "history">;

/** The objective at a moment's frame, and its weighted sum. */
interface Evaluated extends Evaluation {
  readonly loss: number;
}

/** Runs the octave, or returns the state when the observer asked for a stop. Throws a NonFiniteLossError. */
export async function runOctave(
  programs: SynthesisPrograms,
  input: OctaveInput,
  observer: TransitionObserver,
): Promise<{ readonly finished: OctaveResult } | { readonly stopped: TransitionState }> {
  const { step, optimizer } = input;
  const targets = await evaluateTargets(programs, input.targets);
  const begun = input.resume ?? await startOctave(programs, input, targets, observer);
  const objective = await bindObjective(programs, input, targets, usableTerms(input, begun));
  const coefficients = productOf(input.weights, begun.multipliers);

  const history = [...begun.history];
  const stateAt = (moment: Moment) => (): TransitionState => (
    { ...moment, history: history.slice(0, moment.iteration) }
  );
  const lowest = lowestSoFar(history.map(({ losses }) => weightedSum(losses, coefficients)));
  let lastGood: (() => TransitionState) | undefined;
  let now: Moment = begun;
  while (true) {
    const began = performance.now();
    const evaluated = await evaluate(objective, now, coefficients, { octave: step.octave, lastGood });
    lowest.push(Math.min(evaluated.loss, lowest.at(-1) ?? Infinity));
    const mayReturn = optimizer.best !== undefined && evaluated.loss !== lowest.at(-1);
    const minimized = mayReturn ? {} : minimizedLayers(programs.recipe, coefficients, evaluated.layers);
    const residuals = relativeResiduals(minimized, targets.layerEnergies);
    const ended = reasonToEnd({ iteration: now.iteration, lowest, residuals }, step.iterations, input.stop);
    if (ended !== undefined) {
      const end = { octave: step.octave, iterations: now.iteration, of: step.iterations, ended };
      observer.octaveFinished?.(end);
      const { frame: endFrame, losses, layers } = await bestFrame(objective, now, coefficients, {
        optimizer,
        evaluated,
      });
      const { startLosses, multipliers } = now;
      const residuals = relativeResiduals(layers, targets.layerEnergies);
      return {
        finished: { ...end, startLosses, multipliers, endLosses: losses, residuals, endFrame, history },
      };
    }

    const { moment, record } = updated(now, evaluated, input, observer);
    history.push(record);
    lastGood = stateAt(now);
    now = moment;
    const { losses } = evaluated;
    const { iteration } = now;
    const seconds = (performance.now() - began) / 1000;
    await observer.iterationFinished?.({
      octave: step.octave,
      iteration,
      iterations: step.iterations,
      losses,
      gradientStd: record.gradientStd,
      seconds,
    }, stateAt(now));
    if (observer.stopRequested?.()) return { stopped: stateAt(now)() };
  }
}

/** One step of the optimizer. */
function updated(
  now: Moment,
  { losses, loss, gradient: inColors }: Evaluated,
  { step, optimizer, color }: OctaveInput,
  observer: TransitionObserver,
): { readonly moment: Moment; readonly record: IterationRecord } {
  const gradient = color === "gray" ? grayGradient(inColors) : inColors;
  const iteration = now.iteration + 1;
  const gradientStd = standardDeviation(gradient);
  const { frame, state, moved, slowed } = optimizer.update({
    frame: now.moving,
    gradient,
    learningRate: step.learning_rate,
    loss,
    iteration,
    state: now.optimizer.state,
  });
  const { octave } = step;
  if (!moved) observer.warn?.({ code: "no_step", octave, iteration, gradientStd });
  if (slowed !== undefined) observer.warn?.({ code: "slowed", octave, iteration, times: slowed });
  return {
    moment: { ...now, iteration, moving: frame, optimizer: { name: optimizer.name, state } },
    record: { losses, gradientStd, clippedShare: clippedShare(frame) },
  };
}

/** The frame that was evaluated; where the last step has raised the loss, the one that it was tried from. */
async function bestFrame(
  objective: Objective,
  { moving, optimizer: { state } }: Moment,
  coefficients: TermValues,
  { optimizer, evaluated }: { readonly optimizer: Optimizer; readonly evaluated: Evaluated },
): Promise<Pick<Evaluation, "losses" | "layers"> & { readonly frame: Frame }> {
  const best = optimizer.best?.(state);
  if (best === undefined || !(best.loss < evaluated.loss)) return { ...evaluated, frame: moving };
  const frame = { ...moving, data: best.data };
  return { ...await objective.evaluate(frame, coefficients), frame };
}

/** The objective at a moment's frame. Throws a NonFiniteLossError that names the term. */
async function evaluate(
  objective: Objective,
  { frame, iteration, moving }: Moment,
  coefficients: TermValues,
  { octave, lastGood }: { readonly octave: number; readonly lastGood: (() => TransitionState) | undefined },
): Promise<Evaluated> {
  const evaluation = await objective.evaluate(moving, coefficients);
  const { losses } = evaluation;
  const wrong = termsOf(losses).find((term) => !Number.isFinite(losses[term]));
  if (wrong === undefined) return { ...evaluation, loss: weightedSum(losses, coefficients) };
  const place = `frame ${frame}, octave ${octave}, after iteration ${iteration}`;
  throw new NonFiniteLossError(`${place}: the loss ${wrong} is ${losses[wrong]}`, lastGood?.());
}

/** Without layers that are only watched: of terms that do not count, or of weight 0. */
function minimizedLayers(
  { terms }: ObjectiveRecipe,
  coefficients: TermValues,
  distances: LayerValues,
): LayerValues {
  return Object.fromEntries(
    terms.filter(({ term }) => coefficients[term]).map(({ term, layers }) => [
      term,
      Object.fromEntries(Object.entries(distances[term] ?? {}).filter(([layer]) => layers[layer])),
    ]),
  );
}

/** Measures the terms where the octave begins, and balances them. */
async function startOctave(
  programs: SynthesisPrograms,
  input: OctaveInput,
  targets: OctaveTargets,
  observer: TransitionObserver,
): Promise<TransitionState> {
  const { start, step, balance, optimizer } = input;
  const present = targetTerms.filter((term) => input.targets[term] !== undefined);
  const objective = await bindObjective(programs, input, targets, present);
  const { losses } = await objective.evaluate(start, {});
  const values = balance === "target" ? { ...losses, ...targets.energies } : losses;
  const { multipliers, leftOut } = balanceTerms(balance, values);
  for (const term of leftOut) {
    const of = balance === "target" ? "target" : "loss";
    observer.warn?.({ code: "term_left_out", term, octave: step.octave, value: values[term] ?? NaN, of });
  }
  observer.octaveStarted?.({
    octave: step.octave,
    size: { height: start.height, width: start.width },
    startLosses: losses,
    multipliers,
  });
  return {
    frame: input.frame,
    octaveIndex: input.index,
    iteration: 0,
    moving: start,
    multipliers,
    startLosses: losses,
    optimizer: { name: optimizer.name, state: optimizer.init(start) },
    earlier: input.earlier,
    history: [],
  };
}

async function bindObjective(
  programs: SynthesisPrograms,
  { start, previous }: OctaveInput,
  { inputs }: OctaveTargets,
  terms: readonly TargetTerm[],
): Promise<Objective> {
  const values = Object.assign({}, ...terms.map((term) => inputs[term]));
  return await programs.objective(start, terms, previous, values);
}

/** Terms that are not left out for being infinite or NaN at the octave's start: their gradient would be, too. */
function usableTerms({ targets }: OctaveInput, { startLosses, multipliers }: TransitionState): TargetTerm[] {
  const leftOut = (term: TargetTerm) => multipliers[term] === 0 && !Number.isFinite(startLosses[term]);
  return targetTerms.filter((term) => targets[term] !== undefined && !leftOut(term));
}
