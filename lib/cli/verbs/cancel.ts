/**
 * `cancel FILE`: takes a workflow's jobs back from Slurm.
 * @module
 */
import { scancel } from "../../slurm/programs.ts";
import { recordCancelled, submissionFolder } from "../../slurm/submission.ts";
import type { Output } from "../display/output.ts";
import { type LoadOptions, loadWorkflow } from "../load_workflow.ts";
import { cancelOptionsSchema, withWorkflowOptions } from "../options.ts";
import { counted, jobName } from "../slurm/describe.ts";
import { isLive, recordedJobsOf } from "../slurm/queue.ts";
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
  const jobs = await recordedJobsOf({ runs, name: workflow });
  const live = new Map([...jobs.values()].filter(isLive).map((job) => [jobName(job), job]));
  if (live.size === 0) {
    output.write(`Slurm has no jobs of ${workflow}.\n`);
    return 0;
  }
  for (const [submission, own] of Map.groupBy(live.values(), ({ submission }) => submission)) {
    await recordCancelled(submissionFolder(runs, workflow, submission), own.map(jobName));
  }
  // All that is left of an array at once: each call is a question to the controller.
  await scancel([...new Set(live.values().map(({ job }) => job))]);
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
