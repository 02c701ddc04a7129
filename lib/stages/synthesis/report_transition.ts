/**
 * A transition's progress as events of the stage.
 * @module
 */
import type { StageContext } from "../../plan/stage_kind.ts";
import { termsOf, type TermValues } from "../../synthesis/balance.ts";
import { type TransitionObserver, warningText } from "../../synthesis/observer.ts";
import type { TransitionState } from "../../synthesis/state.ts";

/** Warnings that were given already; of each kind, and each term, a run gives one. */
export type GivenWarnings = Set<string>;

/** Writes the state of a frame in progress. */
export type KeepState = (state: TransitionState) => Promise<void>;

/** Tells the runner of octaves, iterations and warnings of the frame at a time, and has checkpoints made. */
export function reportTransition(
  time: number,
  { emit, stopRequested, checkpoints }: Pick<StageContext, "emit" | "stopRequested" | "checkpoints">,
  { given, keep }: { readonly given: GivenWarnings; readonly keep: KeepState },
): TransitionObserver {
  return {
    octaveStarted({ octave, visit, size, startLosses, multipliers }) {
      emit({
        type: "octave.started",
        frame: time,
        octave,
        ...(visit > 1 && { visit }),
        ...size,
        start_losses: finiteValues(startLosses),
        multipliers: finiteValues(multipliers),
      });
    },
    async iterationFinished({ octave, visit, iteration, iterations, losses, gradientStd, seconds }, state) {
      emit({
        type: "iteration",
        frame: time,
        octave,
        ...(visit > 1 && { visit }),
        iteration,
        iterations,
        losses: finiteValues(losses),
        ...(Number.isFinite(gradientStd) && { gradient_std: gradientStd }),
        seconds,
      });
      // After the last one the octave's end follows, and a stop saves what it leaves.
      if (iteration < iterations && checkpoints.isDue() && !stopRequested()) await keep(state());
    },
    async octaveFinished(end, state) {
      if (end.iterations > 0) await keep(state());
      emit({ type: "octave.finished", frame: time, ...end });
    },
    warn(warning) {
      const kind = warning.code === "term_left_out" ? `${warning.code} ${warning.term}` : warning.code;
      if (given.has(kind)) return;
      given.add(kind);
      emit({ type: "warning", code: warning.code, text: warningText(warning), where: `frame ${time}` });
    },
    stopRequested,
  };
}

/** The values that JSON can hold. */
export function finiteValues(values: TermValues): Record<string, number> {
  return Object.fromEntries(
    termsOf(values).flatMap((term) => {
      const value = values[term];
      return value !== undefined && Number.isFinite(value) ? [[term, value]] : [];
    }),
  );
}
