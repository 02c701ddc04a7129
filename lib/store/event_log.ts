/**
 * `events.jsonl`: what happened, one event per line.
 * @module
 */
import { type RunEvent, runEventSchema } from "./events.ts";
import { openLineWriter, readLines } from "./json_lines.ts";

/** Appends events to a log that has one writer. */
export interface EventLog extends Disposable {
  append(event: RunEvent): void;
}

/** Opens a log for appending. Throws RunError when it cannot be written. */
export async function openEventLog(path: string): Promise<EventLog> {
  return await openLineWriter(path);
}

/** The events of a log, oldest first; lines of other versions, of unknown types and torn ones are left out. */
export async function readEvents(path: string): Promise<RunEvent[]> {
  return await readLines(path, runEventSchema);
}
