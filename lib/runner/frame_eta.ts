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
  const batch = batchOfFrames(work);
  const pace = createPace();
  let frames = 0;
  /** When frames were finished last, when the first of those that were finished together with them was, and how many these are. */
  let last: { readonly time: number; readonly since: number; readonly together: number } | undefined;
  return {
    after(event) {
      if (event.type !== "frame.finished") return undefined;
      frames = event.of;
      const time = clock();
      if (last !== undefined && time - last.time < event.seconds / 2) {
        // Some stages make frames in batches, of which all are told of at the end.
        last = { ...last, time, together: last.together + 1 };
      } else {
        // What comes before the first frame of a session is done once.
        if (last === undefined) pace.add(event.seconds);
        else pace.add(time - last.since, last.together);
        last = { time, since: time, together: 1 };
      }
      const each = pace.each();
      return each === undefined ? undefined : each * Math.max(0, event.of - event.frame - 1);
    },
    measured() {
      const seconds = pace.each();
      if (batch === undefined || seconds === undefined || pace.count() < fewest) return [];
      const { parts, height, width, iterations } = batch;
      return iterations === 0 ? [] : [{ parts, height, width, seconds: seconds * frames / iterations }];
    },
  };
}

/** Of the batches that are not done once: that which says how it is spread over frames, else the only one. */
function batchOfFrames(work: readonly Work[]): Work | undefined {
  const again = work.filter(({ parts }) => !parts.includes("start"));
  const [batch, ...others] = again.some(({ frames }) => frames !== undefined)
    ? again.filter(({ frames }) => frames !== undefined)
    : again;
  return others.length === 0 ? batch : undefined;
}
