/**
 * The jobs of a workflow.
 * @module
 */
import { type InstanceJob, jobNumbers, jobsOfInstances } from "../../slurm/jobs.ts";
import { squeue } from "../../slurm/programs.ts";
import { readSubmissions } from "../../slurm/submission.ts";

/**
 * The latest job of each instance that was submitted, by key. Slurm is asked only where there are submissions. Throws RunError
 * when it does not answer, and MissingError when it is not here.
 */
export async function jobsOf(
  { runs, name: workflow }: { readonly runs: string; readonly name: string },
): Promise<ReadonlyMap<string, InstanceJob>> {
  const submissions = await readSubmissions(runs, workflow);
  const queue = await squeue(jobNumbers(submissions));
  return jobsOfInstances(submissions, queue, { runs, workflow });
}

/** True while Slurm has not done with it. */
export function isLive({ state }: InstanceJob): boolean {
  return state === "queued" || state === "running";
}
