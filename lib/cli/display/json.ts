/**
 * For programs: the events themselves, one per line, and nothing else.
 * @module
 */
import type { Display, Output } from "./display.ts";

/** Writes events as they stand in `events.jsonl`. */
export function jsonDisplay(output: Output): Display {
  return {
    show: (event) => output.write(JSON.stringify(event) + "\n"),
    say() {},
    [Symbol.dispose]() {},
  };
}
