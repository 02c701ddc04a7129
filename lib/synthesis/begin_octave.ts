/**
 * How an octave begins: the terms are measured at its first frame and balanced, unless a state says what came of that.
 * @module
 */
import type { Frame } from "../frames/frame.ts";
import { balanceTerms, type TermValues } from "./balance.ts";
import type { TransitionObserver } from "./observer.ts";
import type { Optimizer } from "./optimizers/optimizer.ts";
import type { Objective, SynthesisPrograms } from "./programs.ts";
import {
  type Balance,
  type FrameColor,
  type OctaveStep,
  type StopSettings,
  type TargetTerm,
  targetTerms,
} from "./settings.ts";
import type { TransitionState } from "./state.ts";
import type { OctaveEnd } from "./stop.ts";
import type { OctaveTargets, TransitionTargets } from "./targets.ts";

/** What an octave works on; all frames have their size at this octave. */
export interface OctaveInput {
  /** Output frame number and position in the schedule, for states and messages. */
  readonly frame: number;
  readonly index: number;
  readonly step: OctaveStep;
  readonly start: Frame;
  /** The frames before, oldest first, as many as the models see. */
  readonly before: readonly Frame[];
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

/** How often the schedule has come to this octave, this time too. */
export function visitOf({ step, earlier }: OctaveInput): number {
  return 1 + earlier.filter(({ octave }) => octave === step.octave).length;
}

/** Where the octave begins or goes on, and what it minimizes. */
export async function beginOctave(
  programs: SynthesisPrograms,
  input: OctaveInput,
  targets: OctaveTargets,
  observer: TransitionObserver,
): Promise<{ readonly begun: TransitionState; readonly objective: Objective }> {
  const begun = input.resume ?? await startOctave(programs, input, targets, observer);
  return { begun, objective: await bindObjective(programs, input, targets, usableTerms(input, begun)) };
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
    visit: visitOf(input),
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
  { start, before }: OctaveInput,
  { inputs }: OctaveTargets,
  terms: readonly TargetTerm[],
): Promise<Objective> {
  const values = Object.assign({}, ...terms.map((term) => inputs[term]));
  return await programs.objective(start, terms, before, values);
}

/** Terms that are not left out for being infinite or NaN at the octave's start: their gradient would be, too. */
function usableTerms({ targets }: OctaveInput, { startLosses, multipliers }: TransitionState): TargetTerm[] {
  const leftOut = (term: TargetTerm) => multipliers[term] === 0 && !Number.isFinite(startLosses[term]);
  return targetTerms.filter((term) => targets[term] !== undefined && !leftOut(term));
}
