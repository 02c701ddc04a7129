/**
 * What a plan comes to.
 * @module
 */
import { isMost } from "./estimate.ts";
import type { PlannedInstance } from "./planned_instance.ts";

/** What is to be made. Instances of one key are made once. */
export interface Totals {
  readonly instances: number;
  readonly seconds: number;
  /** It may take less time: rules may end octaves early. */
  readonly isMost: boolean;
  readonly bytes: number;
}

/**
 * The sum over what is not cached. The time is that of so many workers that always have something to do, and no shorter than the
 * longest instance.
 */
export function totalsOf(instances: readonly PlannedInstance[], workers = 1): Totals {
  const left = instances.filter(({ status }) => status !== "cached");
  const once = [...new Map(left.map((instance) => [instance.key, instance])).values()];
  const sum = once.reduce((sum, { seconds }) => sum + seconds, 0);
  return {
    instances: left.length,
    seconds: Math.max(sum / workers, ...once.map(({ seconds }) => seconds)),
    isMost: once.some(({ work }) => isMost(work)),
    bytes: once.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}
