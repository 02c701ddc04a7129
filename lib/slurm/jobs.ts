/**
 * What became of the instances that were submitted: submissions joined with the queue.
 * @module
 */
import type { QueuedTask } from "./queue.ts";
import { logPath, type Submission, submissionFolder } from "./submission.ts";

/** The job of an instance. */
export interface InstanceJob {
  /** Its array's number in Slurm. */
  readonly job: string;
  readonly index: number;
  readonly submission: string;
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

/** An array that has a number now, and had none in its submission's record: Slurm's answer was not heard. */
export interface FoundArray {
  readonly submission: string;
  readonly script: string;
  readonly job: string;
}

/** The latest job of each instance, by key. Tasks are known by their array's name, for numbers come again. */
export function jobsOfInstances(
  submissions: readonly Submission[],
  queue: readonly QueuedTask[],
  { runs, workflow }: { readonly runs: string; readonly workflow: string },
): ReadonlyMap<string, InstanceJob> {
  const queued = new Map(queue.map((task) => [taskName(task), task]));
  const numbers = numbersOf(queue);
  const jobs = new Map<string, InstanceJob>();
  for (const { id, cancelled, arrays } of submissions) {
    const folder = submissionFolder(runs, workflow, id);
    for (const { name, script, job = numbers.get(name), tasks } of arrays) {
      if (job === undefined) continue;
      for (const { index, instances } of tasks) {
        const isCancelled = cancelled.has(`${job}_${index}`);
        const { state = isCancelled ? "cancelled" as const : "ended" as const, reason, node } =
          queued.get(taskName({ index, name })) ?? {};
        const found = {
          ...{ job, index, submission: id, state, log: logPath(folder, script, index) },
          ...(reason !== undefined && { reason }),
          ...(node !== undefined && { node }),
        };
        for (const { key, needs } of instances) jobs.set(key, { ...found, needs });
      }
    }
  }
  return jobs;
}

/** Arrays that the queue has and whose numbers were not recorded. */
export function foundArrays(
  submissions: readonly Submission[],
  queue: readonly QueuedTask[],
): readonly FoundArray[] {
  const numbers = numbersOf(queue);
  return submissions.flatMap(({ id, arrays }) =>
    arrays.flatMap(({ name, script, job }) => {
      const found = numbers.get(name);
      return job === undefined && found !== undefined ? [{ submission: id, script, job: found }] : [];
    })
  );
}

function numbersOf(queue: readonly QueuedTask[]): ReadonlyMap<string, string> {
  return new Map(queue.map(({ name, job }) => [name, job]));
}

function taskName({ index, name }: Pick<QueuedTask, "index" | "name">): string {
  return `${name} ${index}`;
}
