/**
 * One octave of one transition: the moving frame is updated until the iterations are done.
 * @module
 */
import { RunError } from "../errors.ts";
import type { Frame } from "../frames/frame.ts";
import { type Balance, type FrameColor, type OctaveStep, type TargetTerm, targetTerms } from "./settings.ts";
import { balanceTerms, productOf, termsOf, type TermValues, weightedSum } from "./balance.ts";
import { clippedShare } from "./clipped_share.ts";
import { grayGradient } from "./gray_gradient.ts";
import type { TransitionObserver } from "./observer.ts";
import type { Optimizer } from "./optimizers/optimizer.ts";
import { standardDeviation } from "./optimizers/standard_deviation.ts";
import type { Evaluation, Objective, SynthesisPrograms } from "./programs.ts";
import { relativeResiduals } from "./relative_residuals.ts";
import type { IterationRecord, TransitionState } from "./state.ts";
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
  readonly color: FrameColor;
  /** Goes on from here instead of `start`. */
  readonly resume?: TransitionState | undefined;
}

/** What an octave made. */
export interface OctaveResult {
  /** As the schedule calls it: 0 is full size. */
  readonly octave: number;
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

/** Runs the octave, or returns the state when the observer asked for a stop. Throws a NonFiniteLossError. */
export async function runOctave(
  programs: SynthesisPrograms,
  input: OctaveInput,
  observer: TransitionObserver,
): Promise<{ readonly finished: OctaveResult } | { readonly stopped: TransitionState }> {
  const { step, optimizer } = input;
  const targets = await evaluateTargets(programs, input.targets);
  let state = input.resume ?? await startOctave(programs, input, targets, observer);
  const objective = await bindObjective(programs, input, targets, usableTerms(input, state));
  const coefficients = productOf(input.weights, state.multipliers);

  let before: TransitionState | undefined;
  while (state.iteration < step.iterations) {
    const began = performance.now();
    const { losses, gradient: inColors } = await evaluate(objective, state, coefficients, {
      octave: step.octave,
      lastGood: before,
    });
    const gradient = input.color === "gray" ? grayGradient(inColors) : inColors;
    const iteration = state.iteration + 1;
    const gradientStd = standardDeviation(gradient);
    const update = optimizer.update({
      frame: state.moving,
      gradient,
      learningRate: step.learning_rate,
      loss: weightedSum(losses, coefficients),
      iteration,
      state: state.optimizer.state,
    });
    if (!update.moved) observer.warn?.({ code: "no_step", octave: step.octave, iteration, gradientStd });
    if (update.slowed !== undefined) {
      observer.warn?.({ code: "slowed", octave: step.octave, iteration, times: update.slowed });
    }
    before = state;
    state = {
      ...state,
      iteration,
      moving: update.frame,
      optimizer: { name: optimizer.name, state: update.state },
      history: [...state.history, { losses, gradientStd, clippedShare: clippedShare(update.frame) }],
    };
    const now = state;
    await observer.iterationFinished?.({
      octave: step.octave,
      iteration,
      iterations: step.iterations,
      losses,
      gradientStd,
      seconds: (performance.now() - began) / 1000,
    }, () => now);
    if (observer.stopRequested?.()) return { stopped: state };
  }

  const { octave } = step;
  const tried = await evaluate(objective, state, coefficients, { octave, lastGood: before });
  const endFrame = betterFrame(optimizer, state, weightedSum(tried.losses, coefficients)) ?? state.moving;
  const end = endFrame === state.moving ? tried : await objective.evaluate(endFrame, coefficients);
  const { startLosses, multipliers, history } = state;
  const residuals = relativeResiduals(end.layers, targets.layerEnergies);
  return {
    finished: { octave, startLosses, multipliers, endLosses: end.losses, residuals, endFrame, history },
  };
}

/** Where the last step has raised the loss, the frame that it was tried from. */
function betterFrame(optimizer: Optimizer, { moving, optimizer: { state } }: TransitionState, loss: number) {
  const best = optimizer.best?.(state);
  return best !== undefined && best.loss < loss ? { ...moving, data: best.data } : undefined;
}

/** The objective at a state's frame. Throws a NonFiniteLossError that names the term. */
async function evaluate(
  objective: Objective,
  { frame, iteration, moving }: TransitionState,
  coefficients: TermValues,
  { octave, lastGood }: { readonly octave: number; readonly lastGood: TransitionState | undefined },
): Promise<Evaluation> {
  const evaluation = await objective.evaluate(moving, coefficients);
  const wrong = termsOf(evaluation.losses).find((term) => !Number.isFinite(evaluation.losses[term]));
  if (wrong === undefined) return evaluation;
  const place = `frame ${frame}, octave ${octave}, after iteration ${iteration}`;
  throw new NonFiniteLossError(`${place}: the loss ${wrong} is ${evaluation.losses[wrong]}`, lastGood);
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
