/**
 * `cancel FILE`: takes a workflow's jobs back from Slurm.
 * @module
 */
import { jobNumbers, jobsOfInstances } from "../../slurm/jobs.ts";
import { scancel, squeue } from "../../slurm/programs.ts";
import { readSubmissions, recordCancelled, submissionFolder } from "../../slurm/submission.ts";
import type { Output } from "../display/output.ts";
import { type LoadOptions, loadWorkflow } from "../load_workflow.ts";
import { cancelOptionsSchema, withWorkflowOptions } from "../options.ts";
import { counted, jobName } from "../slurm/describe.ts";
import { isLive } from "../slurm/queue.ts";
import type { Verb } from "./verb.ts";

/** Adds `cancel`. */
export const cancelVerb: Verb = (program, { output, finish }) => {
  withWorkflowOptions(program.command("cancel"))
    .description("cancel the jobs that run --executor slurm submitted; what runs saves first")
    .action(async (file: string, options: unknown) => {
      finish(await cancel(file, cancelOptionsSchema.parse(options), output));
    });
};

/** Returns 0; throws RunError when Slurm does not answer, and MissingError when it is not here. */
async function cancel(file: string, options: LoadOptions, output: Output): Promise<number> {
  const { runs, name: workflow } = await loadWorkflow(file, options);
  const submissions = await readSubmissions(runs, workflow);
  const queue = await squeue(jobNumbers(submissions));
  const jobs = jobsOfInstances(submissions, queue, { runs, workflow });
  const live = new Map([...jobs.values()].filter(isLive).map((job) => [jobName(job), job]));
  if (live.size === 0) {
    output.write(`Slurm has no jobs of ${workflow}.\n`);
    return 0;
  }
  const arrays = new Set(live.values().map(({ job }) => job));
  for (const { id, arrays: submitted } of submissions) {
    const isMeant = submitted.some(({ job }) => job !== undefined && arrays.has(job));
    if (isMeant) await recordCancelled(submissionFolder(runs, workflow, id));
  }
  await scancel([...live.keys()]);
  const running = live.values().filter(({ state }) => state === "running").toArray().length;
  const saving = running === 0
    ? ""
    : `; those that ran save and end, within the cluster's KillWait (mostly 30 s)`;
  output.write(
    `Cancelled ${counted(live.size, "job")} of ${workflow}: ${running} running, ${
      live.size - running
    } queued${saving}.\n`,
  );
  return 0;
}
