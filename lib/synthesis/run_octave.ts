/**
 * One octave of one transition: the moving frame is updated until the iterations are done, or a rule of `stop` holds.
 * @module
 */
import { RunError } from "../errors.ts";
import type { Frame } from "../frames/frame.ts";
import { productOf, termsOf, type TermValues, weightedSum } from "./balance.ts";
import { clippedShare } from "./clipped_share.ts";
import { grayGradient } from "./gray_gradient.ts";
import type { TransitionObserver } from "./observer.ts";
import type { Optimizer } from "./optimizers/optimizer.ts";
import { standardDeviation } from "./optimizers/standard_deviation.ts";
import type { Evaluation, Objective, SynthesisPrograms } from "./programs.ts";
import { minimizedLayers, relativeResiduals } from "./relative_residuals.ts";
import { beginOctave, type OctaveInput, visitOf } from "./begin_octave.ts";
import type { IterationRecord, TransitionState } from "./state.ts";
import { lowestSoFar, type OctaveEnd, reasonToEnd } from "./stop.ts";
import { evaluateTargets, type LayerValues } from "./targets.ts";

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
  const { begun, objective } = await beginOctave(programs, input, targets, observer);
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
    const better = betterFrame(optimizer, now, evaluated);
    // Those of a frame that the octave would not end with say nothing.
    const minimized = better ? {} : minimizedLayers(programs.recipe, coefficients, evaluated.layers);
    const residuals = relativeResiduals(minimized, targets.layerEnergies);
    const ended = reasonToEnd({ iteration: now.iteration, lowest, residuals }, step.iterations, input.stop);
    if (ended !== undefined) {
      const { frame: endFrame, losses, layers } = better === undefined
        ? { ...evaluated, frame: now.moving }
        : { ...await objective.evaluate(better, coefficients), frame: better };
      const end = { octave: step.octave, iterations: now.iteration, of: step.iterations, ended };
      await observer.octaveFinished?.(end, stateAt(atEnd(optimizer, now)));
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
      visit: visitOf(input),
      iteration,
      iterations: step.iterations,
      losses,
      residuals,
      gradientStd: record.gradientStd,
      seconds,
    }, stateAt(now));
    if (observer.stopRequested?.()) return { stopped: stateAt(now)() };
  }
}

/** Without what only further updates need. */
function atEnd({ atEnd }: Optimizer, now: Moment): Moment {
  if (atEnd === undefined) return now;
  return { ...now, optimizer: { ...now.optimizer, state: atEnd(now.optimizer.state) } };
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

/** The frame that the last step was tried from, where the step has raised the loss: it is what the octave would end with. */
function betterFrame(
  optimizer: Optimizer,
  { moving, optimizer: { state } }: Moment,
  { loss }: Evaluated,
): Frame | undefined {
  const best = optimizer.best?.(state);
  return best !== undefined && best.loss < loss ? { ...moving, data: best.data } : undefined;
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
