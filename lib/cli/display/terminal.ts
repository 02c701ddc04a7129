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
  const progress = (text: string) => {
    if (now() - last < redrawEvery) return;
    last = now();
    drawn = true;
    output.write(toLineStart + shorten(text, output.columns ?? 80));
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

/** A line that fills the terminal would wrap and could not be written over. */
function shorten(text: string, columns: number): string {
  return text.length < columns ? text : text.slice(0, Math.max(0, columns - 4)) + "...";
}
