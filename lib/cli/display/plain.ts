/**
 * For logs: whole lines, and progress only now and then.
 * @module
 */
import type { Display } from "./display.ts";
import type { Output } from "./output.ts";
import { tellTo } from "./wording.ts";

/** Seconds between two lines of progress. */
const progressEvery = 10;

/** @param now in seconds; only differences count */
export function plainDisplay(output: Output, now: () => number = () => performance.now() / 1000): Display {
  let last = -Infinity;
  const say = (text: string) => output.write(text + "\n");
  const progress = (text: string, of?: string) => {
    if (now() - last < progressEvery) return;
    last = now();
    say(of === undefined ? text : `${of}: ${text}`);
  };
  return {
    show: (event) => tellTo(event, { say, progress }),
    say,
    progress,
    [Symbol.dispose]() {},
  };
}
