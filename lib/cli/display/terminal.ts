/**
 * For terminals: news scroll by, progress is one line at the bottom that is written over.
 * @module
 */
import { instancesAtWork } from "./at_work.ts";
import type { Display } from "./display.ts";
import type { Output } from "./output.ts";
import { tellTo } from "./wording.ts";

/** Seconds between two pictures of the bottom line. */
const redrawEvery = 0.1;
/** Seconds that the bottom line stays with an instance while others are at work as well. */
const stayFor = 3;
const toLineStart = "\r\x1b[K";

/** @param now in seconds; only differences count */
export function terminalDisplay(output: Output, now: () => number = () => performance.now() / 1000): Display {
  const atWork = instancesAtWork();
  let last = -Infinity;
  let shown: { readonly of: string | undefined; readonly since: number } | undefined;
  let drawn = false;
  const say = (text: string) => {
    output.write(`${drawn ? toLineStart : ""}${text}\n`);
    drawn = false;
    last = -Infinity;
    shown = undefined;
  };
  const progress = (text: string, of?: string) => {
    if (now() - last < redrawEvery) return;
    if (shown !== undefined && shown.of !== of && now() - shown.since < stayFor) return;
    last = now();
    if (shown === undefined || shown.of !== of) shown = { of, since: last };
    drawn = true;
    const columns = output.columns ?? 80;
    const several = atWork.count() > 1;
    output.write(toLineStart + (several ? shorten(named(text, of), columns) : fitted(text, of, columns)));
  };
  return {
    show(event) {
      atWork.follow(event);
      tellTo(event, { say, progress });
    },
    say,
    progress,
    [Symbol.dispose]() {
      if (drawn) output.write(toLineStart);
    },
  };
}

function named(text: string, of: string | undefined): string {
  return of === undefined ? text : `${of}: ${text}`;
}

/** Of the only one that is at work the name stands where there is room: it was told when the instance was started. */
function fitted(text: string, of: string | undefined, columns: number): string {
  const whole = named(text, of);
  return whole.length < columns ? whole : shorten(text, columns);
}

/** A line that fills the terminal would wrap and could not be written over. */
function shorten(text: string, columns: number): string {
  return text.length < columns ? text : text.slice(0, Math.max(0, columns - 4)) + "...";
}
