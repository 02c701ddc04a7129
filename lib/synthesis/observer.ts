/**
 * What a transition tells while it runs, and what it asks.
 * @module
 */
import type { Size } from "../frames/frame.ts";
import type { TermValues } from "./balance.ts";
import type { FlatRegions } from "./flat_regions.ts";
import type { TermName } from "./settings.ts";
import type { TransitionState } from "./state.ts";
import type { OctaveEnd } from "./stop.ts";
import type { LayerValues } from "./targets.ts";

/** An octave is about to begin. */
export interface OctaveStart {
  /** As the schedule calls it: 0 is full size. */
  readonly octave: number;
  /** 1 where the schedule comes to this octave for the first time. */
  readonly visit: number;
  /** Of the frame at this octave. */
  readonly size: Size;
  /** Raw. */
  readonly startLosses: TermValues;
  /** Constant for the octave; 0 for a term that is left out. */
  readonly multipliers: TermValues;
}

/** An iteration was done. */
export interface IterationReport {
  /** As the schedule calls it: 0 is full size. */
  readonly octave: number;
  /** 1 where the schedule comes to this octave for the first time. */
  readonly visit: number;
  /** 1 for the first. */
  readonly iteration: number;
  /** How many the octave has at most. */
  readonly iterations: number;
  /** Raw, before the update. */
  readonly losses: TermValues;
  /**
   * Relative residuals of what is minimized, before the update; none of a frame with which the octave would not end, as L-BFGS
   * goes back to a better one.
   */
  readonly residuals: LayerValues;
  /** Population standard deviation of the total's gradient over all values. */
  readonly gradientStd: number;
  /** What the iteration took. */
  readonly seconds: number;
}

/** Something that a user should know of, but that does not stop the work. */
export type TransitionWarning =
  | {
    readonly code: "term_left_out";
    readonly term: TermName;
    readonly octave: number;
    /** Its loss at the octave's start, or under `balance: target` its energy in the target. */
    readonly value: number;
    readonly of: "loss" | "target";
  }
  | {
    readonly code: "no_step";
    readonly octave: number;
    readonly iteration: number;
    readonly gradientStd: number;
  }
  | {
    readonly code: "slowed";
    readonly octave: number;
    readonly iteration: number;
    /** How many times shorter the step is. */
    readonly times: number;
  }
  | ({ readonly code: "flat_regions" } & FlatRegions);

/** Who watches a transition. Everything may be left out. */
export interface TransitionObserver {
  /** Called when the octave's multipliers are known; not for an octave that goes on from a saved state. */
  octaveStarted?(start: OctaveStart): void;
  /**
   * Called after each update.
   * @param state makes the state after this iteration, for whoever wants to keep it
   */
  iterationFinished?(report: IterationReport, state: () => TransitionState): void | Promise<void>;
  /**
   * Called when the octave's last iteration is done, or a rule of `stop` holds.
   * @param state makes the state there: to go on from it needs no iteration of this octave
   */
  octaveFinished?(end: OctaveEnd, state: () => TransitionState): void | Promise<void>;
  /**
   * Called where a term is left out, a gradient allows no step or a shortened one, or flat regions meet convolutions that round
   * equal neighborhoods apart.
   */
  warn?(warning: TransitionWarning): void;
  /** Asked after each iteration; true ends the transition there. */
  stopRequested?(): boolean;
}

/** The warning as a sentence. */
export function warningText(warning: TransitionWarning): string {
  switch (warning.code) {
    case "term_left_out":
      return warning.of === "loss"
        ? `${warning.term} is ${warning.value} at the start of octave ${warning.octave}: it is left out for this octave`
        : `${warning.term} is ${warning.value} in the target at octave ${warning.octave}: it is left out for this octave`;
    case "no_step":
      return `octave ${warning.octave}, iteration ${warning.iteration}: ` +
        (Number.isFinite(warning.gradientStd)
          ? `the gradient's standard deviation is ${warning.gradientStd}, so the frame stays as it is`
          : "the gradient is not finite, so the frame stays as it is");
    case "slowed":
      return `octave ${warning.octave}, iteration ${warning.iteration}: epsilon is larger than the gradient and makes ` +
        `the step ${warning.times.toPrecision(2)} times shorter; set a smaller one, as in ` +
        "optimizer: { adam: { epsilon: 1e-14 } }";
    case "flat_regions":
      return `${Math.round(100 * warning.share)} % of ` +
        (warning.of === "start" ? "the frame at its start" : `the target of ${warning.of}`) +
        " is flat or made of bars, where neighboring pixels are exactly equal. Convolutions by Winograd's algorithm round " +
        "these apart, so that max pooling hands its gradient to an arbitrary one of them. With --exact (run: { exact: true } " +
        "in a workflow, exact: true in a script) convolutions are computed term by term, more slowly, and the first of them " +
        "gets it, as in the authors' code; frames that are finished stay as they are, and --force STAGE makes them again";
  }
}
