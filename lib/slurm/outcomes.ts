/**
 * What became of instances that were submitted, and why some were not made.
 * @module
 */
import type { InstanceJob } from "./jobs.ts";

/** An instance as the store has it. */
export interface StoredInstance {
  readonly name: string;
  readonly key: string;
  readonly isDone: boolean;
  /** Why its last attempt failed, if that is how it ended. */
  readonly failure?: string;
}

/** What became of an instance that is not done. */
export type JobOutcome =
  | { readonly became: "queued"; readonly job: InstanceJob }
  | { readonly became: "running"; readonly job: InstanceJob }
  /** It needs what failed, or was cancelled, or ended without a result: the first of each chain, by name. */
  | { readonly became: "not run"; readonly job: InstanceJob; readonly because: readonly string[] }
  | { readonly became: "failed"; readonly job: InstanceJob; readonly failure: string }
  | { readonly became: "cancelled"; readonly job: InstanceJob }
  /** The job is over and the instance is not done, and nobody knows why: killed, perhaps. */
  | { readonly became: "ended"; readonly job: InstanceJob };

/** By key, of all instances that were submitted and are not done. */
export function outcomesOf(
  instances: readonly StoredInstance[],
  jobs: ReadonlyMap<string, InstanceJob>,
): ReadonlyMap<string, JobOutcome> {
  const unfinished = new Map(
    instances.filter(({ isDone }) => !isDone).map((instance) => [instance.key, instance]),
  );
  const isLive = (key: string) => ["queued", "running"].includes(jobs.get(key)?.state ?? "");
  const roots = (key: string): readonly string[] => {
    const missing = (jobs.get(key)?.needs ?? []).filter((need) => unfinished.has(need) && !isLive(need));
    return [
      ...new Set(missing.flatMap((need) => {
        const above = roots(need);
        return above.length > 0 ? above : [unfinished.get(need)?.name ?? need];
      })),
    ];
  };
  return new Map(
    unfinished.entries().flatMap(([key, { failure }]): [string, JobOutcome][] => {
      const job = jobs.get(key);
      if (job === undefined) return [];
      if (job.state === "queued" || job.state === "running") return [[key, { became: job.state, job }]];
      if (job.state === "cancelled") return [[key, { became: "cancelled", job }]];
      const because = roots(key);
      if (because.length > 0) return [[key, { became: "not run", job, because }]];
      return [[key, failure === undefined ? { became: "ended", job } : { became: "failed", job, failure }]];
    }),
  );
}
