/**
 * `events.jsonl`: what happened, one event per line.
 * @module
 */
import { type RunEvent, runEventSchema } from "./events.ts";
import { type Lines, openLineWriter, readLastLines, readLines } from "./json_lines.ts";

/** Appends events to a log that has one writer. */
export interface EventLog extends Disposable {
  append(event: RunEvent): void;
}

/** Opens a log for appending. Throws RunError when it cannot be written. */
export async function openEventLog(path: string): Promise<EventLog> {
  return await openLineWriter(path);
}

/** The events of a log, oldest first; lines of other versions and of unknown types are left out, as are those that are damaged. */
export async function readEvents(path: string): Promise<readonly RunEvent[]> {
  return (await readEventLog(path)).values;
}

/** The events of a log, as `readEvents` gives them, and how many of its lines are damaged. */
export async function readEventLog(path: string): Promise<Lines<RunEvent>> {
  return await readLines(path, runEventSchema);
}

/** Enough for the last event of every kind that is asked for: an iteration is told in about 300 bytes. */
const lastBytes = 64 * 1024;

/** The last events of a log, oldest first. */
export async function readLastEvents(path: string): Promise<readonly RunEvent[]> {
  return (await readLastLines(path, runEventSchema, lastBytes)).values;
}
