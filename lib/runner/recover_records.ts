/**
 * What a damaged disk has taken of an instance's records, as far as these make up for each other.
 * @module
 */
import { readEventLog } from "../store/event_log.ts";
import type { InstancePaths } from "../store/layout.ts";
import { recoverFrameRecords } from "../store/recovered_frames.ts";
import type { Report } from "./reporter.ts";

/** Says what is missing of the log, and records finished frames again whose records are gone. Only for the holder of the lock. */
export async function recoverRecords(paths: InstancePaths, report: Report): Promise<void> {
  const { values: events, damaged } = await readEventLog(paths.events);
  if (damaged > 0) {
    const lines = damaged === 1 ? "1 line of events.jsonl is" : `${damaged} lines of events.jsonl are`;
    const text =
      `${lines} damaged and left out: what the manifest says of earlier sessions may be incomplete`;
    report({ type: "warning", code: "damaged_log", text });
  }
  const frames = await recoverFrameRecords(paths, events);
  if (frames.length === 0) return;
  report({
    type: "damaged",
    path: "frames.jsonl",
    expected: "a line for each finished frame",
    found: `none for ${frames.length === 1 ? "frame" : "frames"} ${frames.join(", ")}`,
    action: "written again from events.jsonl",
  });
}
