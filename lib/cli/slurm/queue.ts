/**
 * The jobs of a workflow.
 * @module
 */
import { foundArrays, type InstanceJob, jobsOfInstances } from "../../slurm/jobs.ts";
import { squeue } from "../../slurm/programs.ts";
import { readSubmissions, recordJob, submissionFolder } from "../../slurm/submission.ts";

interface Place {
  readonly runs: string;
  readonly name: string;
}

/**
 * The latest job of each instance that was submitted, by key. Slurm is asked only where there are submissions. Throws RunError
 * when it does not answer, and MissingError when it is not here.
 */
export async function jobsOf(
  { runs, name: workflow }: Place,
): Promise<ReadonlyMap<string, InstanceJob>> {
  const submissions = await readSubmissions(runs, workflow);
  const queue = await squeue(submissions.flatMap(({ arrays }) => arrays));
  return jobsOfInstances(submissions, queue, { runs, workflow });
}

/**
 * The same, by the one process that submits or cancels: it records the numbers of arrays that Slurm has taken without being heard
 * (sbatch's answer came too late, or its caller was killed).
 */
export async function recordedJobsOf(place: Place): Promise<ReadonlyMap<string, InstanceJob>> {
  const { runs, name: workflow } = place;
  const submissions = await readSubmissions(runs, workflow);
  const queue = await squeue(submissions.flatMap(({ arrays }) => arrays));
  for (const { submission, script, job } of foundArrays(submissions, queue)) {
    await recordJob(submissionFolder(runs, workflow, submission), script, job);
  }
  return jobsOfInstances(submissions, queue, { runs, workflow });
}

/** True while Slurm has not done with it. */
export function isLive({ state }: InstanceJob): boolean {
  return state === "queued" || state === "running";
}
