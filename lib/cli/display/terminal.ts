/**
 * For terminals: news scroll by, progress is one line at the bottom that is written over.
 * @module
 */
import type { Display } from "./display.ts";
import type { Output } from "./output.ts";
import { tellTo } from "./wording.ts";

/** Seconds between two pictures of the bottom line. */
const redrawEvery = 0.1;
const toLineStart = "\r\x1b[K";

/** @param now in seconds; only differences count */
export function terminalDisplay(output: Output, now: () => number = () => performance.now() / 1000): Display {
  let last = -Infinity;
  let drawn = false;
  const say = (text: string) => {
    output.write(`${drawn ? toLineStart : ""}${text}\n`);
    drawn = false;
    last = -Infinity;
  };
  const progress = (text: string, of?: string) => {
    if (now() - last < redrawEvery) return;
    last = now();
    drawn = true;
    output.write(toLineStart + fitted(text, of, output.columns ?? 80));
  };
  return {
    show: (event) => tellTo(event, { say, progress }),
    say,
    progress,
    [Symbol.dispose]() {
      if (drawn) output.write(toLineStart);
    },
  };
}

/** The name stands where there is room: it was told when the instance was started. */
function fitted(text: string, of: string | undefined, columns: number): string {
  const named = of === undefined ? text : `${of}: ${text}`;
  return named.length < columns ? named : shorten(text, columns);
}

/** A line that fills the terminal would wrap and could not be written over. */
function shorten(text: string, columns: number): string {
  return text.length < columns ? text : text.slice(0, Math.max(0, columns - 4)) + "...";
}
