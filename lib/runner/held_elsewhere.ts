/**
 * Instances that other processes hold: which of them are to be tried again, and when.
 * @module
 */
import type { PlannedInstance } from "../plan/planned_instance.ts";
import { instancePaths } from "../store/layout.ts";
import { tryAgain, whenLockChanges } from "../store/lock_watch.ts";

/** So many of them are tried again at a time: where hundreds of nodes wait, their disk has other things to do. */
const mostAtOnce = 10;

/** Instances that were held when they were tried last. */
export interface HeldElsewhere {
  add(instance: PlannedInstance): void;
  has(instance: PlannedInstance): boolean;
  /** Has all of them tried again. */
  clear(): void;
  /** Resolves when some may be tried again, when one of `ours` is done, or at a stop. */
  wait(ours: readonly Promise<void>[], signal: AbortSignal): Promise<void>;
}

/** @param runs the folder of the results */
export function heldElsewhere(runs: string): HeldElsewhere {
  /** When each may be tried again, the first to come first. */
  const held = new Map<PlannedInstance, number>();
  return {
    add: (instance) =>
      void held.set(instance, performance.now() + tryAgain.after + tryAgain.spread * Math.random()),
    has: (instance) => held.has(instance),
    clear: () => held.clear(),
    async wait(ours, signal) {
      const locks = new Map(
        held.keys().map((instance) => [instancePaths(runs, instance.key).lock, instance]),
      );
      const [first = performance.now() + tryAgain.after] = held.values().toArray().sort((a, b) => a - b);
      const changed = await whenLockChanges([...locks.keys()], {
        milliseconds: Math.max(0, first - performance.now()),
        signal,
        ...(ours.length > 0 && { orUntil: Promise.race(ours) }),
      });
      const told = changed === undefined ? undefined : locks.get(changed);
      if (told !== undefined) held.delete(told);
      const now = performance.now();
      const due = held.entries().filter(([, when]) => when <= now).map(([instance]) => instance);
      for (const instance of due.take(mostAtOnce).toArray()) held.delete(instance);
    },
  };
}
