/**
 * For programs: the events themselves, one per line, and nothing else.
 * @module
 */
import type { Display } from "./display.ts";
import type { Output } from "./output.ts";

/** Writes events as they stand in `events.jsonl`. */
export function jsonDisplay(output: Output): Display {
  return {
    show: (event) => output.write(JSON.stringify(event) + "\n"),
    say() {},
    progress() {},
    [Symbol.dispose]() {},
  };
}
