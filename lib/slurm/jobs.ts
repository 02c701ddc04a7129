/**
 * What became of the instances that were submitted: submissions joined with the queue.
 * @module
 */
import { plainName } from "./batch_script.ts";
import type { QueuedTask } from "./queue.ts";
import { logPath, type Submission, submissionFolder } from "./submission.ts";

/** The job of an instance. */
export interface InstanceJob {
  /** Its array's number in Slurm. */
  readonly job: string;
  readonly index: number;
  /** ended: Slurm has done with it, however it ended. cancelled: it has, because `cancel` said so. */
  readonly state: "queued" | "running" | "ended" | "cancelled";
  /** Why it does not run, in Slurm's word. */
  readonly reason?: string;
  /** Where it runs. */
  readonly node?: string;
  /** What it wrote. */
  readonly log: string;
  /** Keys of what it reads and what was to be made when it was submitted. */
  readonly needs: readonly string[];
}

/** Numbers of all arrays of these submissions. */
export function jobNumbers(submissions: readonly Submission[]): readonly string[] {
  return submissions.flatMap(({ arrays }) => arrays.flatMap(({ job }) => job ?? []));
}

/** The latest job of each instance, by key. A later job of that number with another name is not ours. */
export function jobsOfInstances(
  submissions: readonly Submission[],
  queue: readonly QueuedTask[],
  { runs, workflow }: { readonly runs: string; readonly workflow: string },
): ReadonlyMap<string, InstanceJob> {
  const queued = new Map(queue.map((task) => [placeName(task), task]));
  const jobs = new Map<string, InstanceJob>();
  for (const { id, isCancelled, arrays } of submissions) {
    const folder = submissionFolder(runs, workflow, id);
    for (const { stage, script, job, tasks } of arrays) {
      if (job === undefined) continue;
      const name = plainName(`${workflow}:${stage}`);
      for (const { index, instances } of tasks) {
        const { state = isCancelled ? "cancelled" as const : "ended" as const, reason, node } =
          queued.get(placeName({ job, index, name })) ?? {};
        const found = {
          ...{ job, index, state, log: logPath(folder, script, index) },
          ...(reason !== undefined && { reason }),
          ...(node !== undefined && { node }),
        };
        for (const { key, needs } of instances) jobs.set(key, { ...found, needs });
      }
    }
  }
  return jobs;
}

function placeName({ job, index, name }: Pick<QueuedTask, "job" | "index" | "name">): string {
  return `${job}_${index} ${name}`;
}
