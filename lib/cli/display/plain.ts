/**
 * For logs: whole lines, and progress only now and then.
 * @module
 */
import type { Display, Output } from "./display.ts";
import { tell } from "./wording.ts";

/** Seconds between two lines of progress. */
const progressEvery = 10;

/** @param now in seconds; only differences count */
export function plainDisplay(output: Output, now: () => number = () => performance.now() / 1000): Display {
  let last = -Infinity;
  return {
    show(event) {
      const telling = tell(event);
      if (telling === undefined) return;
      if ("progress" in telling) {
        if (now() - last < progressEvery) return;
        last = now();
        output.write(telling.progress + "\n");
      } else {
        output.write(telling.news + "\n");
      }
    },
    say: (text) => output.write(text + "\n"),
    [Symbol.dispose]() {},
  };
}
