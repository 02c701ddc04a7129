/**
 * Turns what happens into events: the envelope is added here, and nowhere else.
 * @module
 */
import { ulid } from "ulid";
import { isUserError } from "../errors.ts";
import type { PlannedInstance } from "../plan/planned_instance.ts";
import type { EventLog } from "../store/event_log.ts";
import type { EventBody, RunEvent } from "../store/events.ts";

/** Reports what happens. */
export type Report = (event: EventBody) => void;

/** Thrown when who listens to the events throws: then the run ends. The cause is what was thrown. */
export class ListenerFailed extends Error {
  override readonly name = "ListenerFailed";

  constructor(cause: unknown) {
    super(`the listener to the events threw ${cause}`, { cause });
  }
}

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
 * @param show the display, or a script's listener; when it throws, ListenerFailed is thrown and it is told nothing more
 */
export function createReporter(log: EventLog, show: (event: RunEvent) => void): Reporter {
  const run = ulid();
  let listening = true;
  const send = (event: RunEvent, instanceLog?: EventLog) => {
    log.append(event);
    instanceLog?.append(event);
    if (!listening) return;
    try {
      show(event);
    } catch (error) {
      listening = false;
      throw new ListenerFailed(error);
    }
  };
  return {
    run,
    report: (body) => send({ ...envelope(run), ...body }),
    about: ({ stage, name, key }, instanceLog) => (body) =>
      send({ ...envelope(run), ...body, stage, instance: name, key }, instanceLog),
  };
}

/** Reports that an instance cannot be made. */
export function reportFailure(report: Report, error: unknown): void {
  report({
    type: "instance.failed",
    code: isUserError(error) ? error.exitCode : 1,
    text: error instanceof Error ? error.message : String(error),
  });
}

function envelope(run: string): { v: 1; at: string; run: string } {
  return { v: 1, at: new Date().toISOString(), run };
}
