/**
 * Turns what happens into events: the envelope is added here, and nowhere else.
 * @module
 */
import { ulid } from "ulid";
import type { PlannedInstance } from "../plan/planned_instance.ts";
import type { EventLog } from "../store/event_log.ts";
import type { EventBody, RunEvent } from "../store/events.ts";

/** Reports what happens. */
export type Report = (event: EventBody) => void;

/** One run's reporter. */
export interface Reporter {
  /** The run's ULID. */
  readonly run: string;
  /** Reports something of the whole run. */
  readonly report: Report;
  /** Reports of one instance go to its own log as well, when there is one. */
  about(instance: PlannedInstance, log?: EventLog): Report;
}

/**
 * @param log the run's `events.jsonl`
 * @param show the display
 */
export function createReporter(log: EventLog, show: (event: RunEvent) => void): Reporter {
  const run = ulid();
  const send = (event: RunEvent, instanceLog?: EventLog) => {
    log.append(event);
    instanceLog?.append(event);
    show(event);
  };
  return {
    run,
    report: (body) => send({ ...envelope(run), ...body }),
    about: ({ stage, name, key }, instanceLog) => (body) =>
      send({ ...envelope(run), ...body, stage, instance: name, key }, instanceLog),
  };
}

function envelope(run: string): { v: 1; at: string; run: string } {
  return { v: 1, at: new Date().toISOString(), run };
}
