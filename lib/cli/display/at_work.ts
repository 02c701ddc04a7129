/**
 * Which instances are at work: where they are several, displays give each its turn, and name it.
 * @module
 */
import type { RunEvent } from "../../store/events.ts";

/** The names of the instances that are at work, kept by `follow`. */
export interface AtWork {
  /** How many there are. */
  count(): number;
  follow(event: RunEvent): void;
}

/** None at first. */
export function instancesAtWork(): AtWork {
  const names = new Set<string>();
  return {
    count: () => names.size,
    follow({ type, instance = "" }) {
      if (type === "instance.started") names.add(instance);
      if (type === "instance.finished" || type === "instance.failed") names.delete(instance);
    },
  };
}
