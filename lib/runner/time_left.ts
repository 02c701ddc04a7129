/**
 * Adds to an instance's events how many seconds are left, of it and of the run.
 * @module
 */
import type { Measurement, Speeds } from "../plan/estimate.ts";
import type { PlannedInstance } from "../plan/planned_instance.ts";
import type { EventBody } from "../store/events.ts";
import { estimateTimeLeft } from "./estimate_time_left.ts";

/** What is known beforehand. */
export interface TimeKnown {
  /** How fast this machine is. */
  readonly speeds?: Speeds;
  /** Seconds for what comes after this instance, by the plan. */
  readonly secondsAfter?: number;
}

/** Follows an instance from now on. */
export interface TimeTeller {
  withTimeLeft(event: EventBody): EventBody;
  /** What was measured, for later plans. */
  measured(): readonly Measurement[];
}

/** Its clock starts now. */
export function createTimeTeller(
  instance: PlannedInstance,
  { speeds, secondsAfter = 0 }: TimeKnown,
): TimeTeller {
  const began = performance.now();
  const { after, measured } = estimateTimeLeft({
    work: instance.work,
    ...(speeds && { speeds }),
    now: () => performance.now(),
  });
  return {
    measured,
    withTimeLeft(event) {
      const left = after(event);
      if (left === undefined || (event.type !== "iteration" && event.type !== "frame.finished")) return event;
      if (secondsAfter === 0) return { ...event, eta_seconds: left };
      const predicted = (performance.now() - began) / 1000 + left;
      return {
        ...event,
        eta_seconds: left,
        run_eta_seconds: left + slowness(instance, predicted) * secondsAfter,
      };
    },
  };
}

/** How much slower than planned the rest will be: as this instance, unless it is a clip, which says nothing of what computes. */
function slowness({ section, seconds }: PlannedInstance, predicted: number): number {
  return section === "videos" || seconds === 0 ? 1 : predicted / seconds;
}
