/**
 * For logs: whole lines, and progress only now and then.
 * @module
 */
import { instancesAtWork } from "./at_work.ts";
import type { Display } from "./display.ts";
import type { Output } from "./output.ts";
import { tellTo } from "./wording.ts";

/** Seconds between two lines of progress of an instance. */
const progressEvery = 10;

/** @param now in seconds; only differences count */
export function plainDisplay(output: Output, now: () => number = () => performance.now() / 1000): Display {
  const atWork = instancesAtWork();
  const told = new Map<string | undefined, number>();
  let last = -Infinity;
  const say = (text: string) => output.write(text + "\n");
  const progress = (text: string, of?: string) => {
    // Where several are at work each has its turn.
    const isTooSoon = now() - last < progressEvery / Math.max(1, atWork.count());
    if (isTooSoon || now() - (told.get(of) ?? -Infinity) < progressEvery) return;
    last = now();
    told.set(of, last);
    say(of === undefined ? text : `${of}: ${text}`);
  };
  return {
    show(event) {
      atWork.follow(event);
      tellTo(event, { say, progress });
    },
    say,
    progress,
    [Symbol.dispose]() {},
  };
}
