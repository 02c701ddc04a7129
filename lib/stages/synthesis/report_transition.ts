/**
 * A transition's progress as events of the stage.
 * @module
 */
import type { StageContext } from "../../plan/stage_kind.ts";
import { termsOf, type TermValues } from "../../synthesis/balance.ts";
import { type TransitionObserver, warningText } from "../../synthesis/observer.ts";

/** Warnings that were given already; of each kind, and each term, a run gives one. */
export type GivenWarnings = Set<string>;

/** Tells the runner of octaves, iterations and warnings of the frame at a time. */
export function reportTransition(
  time: number,
  { emit, stopRequested }: Pick<StageContext, "emit" | "stopRequested">,
  given: GivenWarnings,
): TransitionObserver {
  return {
    octaveStarted({ octave, size, startLosses, multipliers }) {
      emit({
        type: "octave.started",
        frame: time,
        octave,
        ...size,
        start_losses: finiteValues(startLosses),
        multipliers: finiteValues(multipliers),
      });
    },
    iterationFinished({ octave, iteration, iterations, losses, gradientStd, seconds }) {
      emit({
        type: "iteration",
        frame: time,
        octave,
        iteration,
        iterations,
        losses: finiteValues(losses),
        ...(Number.isFinite(gradientStd) && { gradient_std: gradientStd }),
        seconds,
      });
    },
    octaveFinished(end) {
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
