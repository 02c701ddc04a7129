/**
 * How long something takes that is done again and again.
 * @module
 */

/** Times beyond this many count less and less, so that the pace follows a machine that gets slower. */
const memory = 3000;

/** A machine that was suspended has not become slow: one time counts as this many mean ones at most. */
const longest = 10;

/** A running mean. */
export interface Pace {
  /** Something was done `count` times in so many seconds. */
  add(seconds: number, count?: number): void;
  /** Seconds for one; undefined before the first time. */
  each(): number | undefined;
  /** How many times it was done since the first report. */
  count(): number;
}

/** The first report is longer than the others where something is made ready at the first use: it does not count once there is another. */
export function createPace(): Pace {
  let first: number | undefined;
  let sum = 0;
  let total = 0;
  let done = 0;
  return {
    add(seconds, count = 1) {
      if (count <= 0) return;
      if (first === undefined) {
        first = seconds / count;
        return;
      }
      done += count;
      sum += total === 0 ? seconds : Math.min(seconds, longest * count * sum / total);
      total += count;
      if (total <= memory) return;
      sum *= memory / total;
      total = memory;
    },
    each: () => total > 0 ? sum / total : first,
    count: () => done,
  };
}
