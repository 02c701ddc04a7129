/**
 * When an instance will be finished whose frames are all alike.
 * @module
 */
import type { Work } from "../plan/stage_kind.ts";
import type { Eta } from "./eta.ts";
import { createPace } from "./pace.ts";

/** So few frames say little about a machine. */
const fewest = 3;

/** @param clock in seconds; only differences count */
export function createFrameEta(work: readonly Work[], clock: () => number): Eta {
  const pace = createPace();
  let before: number | undefined;
  return {
    after(event) {
      if (event.type !== "frame.finished") return undefined;
      // What comes before the first frame of a session is done once.
      pace.add(before === undefined ? event.seconds : clock() - before);
      before = clock();
      const each = pace.each();
      return each === undefined ? undefined : each * Math.max(0, event.of - event.frame - 1);
    },
    measured() {
      const [batch, ...others] = work;
      const seconds = pace.each();
      if (batch === undefined || others.length > 0 || seconds === undefined || pace.count() < fewest) {
        return [];
      }
      const { parts, height, width } = batch;
      return [{ parts, height, width, seconds }];
    },
  };
}
