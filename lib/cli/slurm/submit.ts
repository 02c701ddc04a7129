/**
 * `run --executor slurm`: what is to be made goes to Slurm, stage by stage.
 * @module
 */
import { join } from "node:path";
import { ulid } from "ulid";
import { RunError } from "../../errors.ts";
import type { PlannedInstance } from "../../plan/planned_instance.ts";
import { isStopped, type StopRequest } from "../../runner/signals.ts";
import { arrangeJobs, type JobArray, type Place, type Wanted } from "../../slurm/arrange.ts";
import { arrayName, type BatchJob, batchOptions, batchScript } from "../../slurm/batch_script.ts";
import { dependencyOf } from "../../slurm/dependency.ts";
import type { InstanceJob } from "../../slurm/jobs.ts";
import { largestIndex, sbatch } from "../../slurm/programs.ts";
import {
  canHoldOutput,
  logBeginning,
  recordJob,
  submissionFolder,
  writeSubmission,
} from "../../slurm/submission.ts";
import { submitScript } from "../../slurm/submit_script.ts";
import type { SlurmResources } from "../../workflow/slurm_settings.ts";
import type { WorkflowPlan } from "../plan/plan_workflow.ts";
import { batchJobOf, type JobOptions, resourcesOf, runsOnNodes } from "./batch_job.ts";
import { isLive } from "./queue.ts";

/** How jobs are made of a plan. */
export interface SubmitOptions extends JobOptions {
  readonly perTask?: number;
  /** Writes the scripts and leaves it to the user to submit them. */
  readonly scriptOnly?: boolean;
  /** Ends the submission after the array that is being submitted. */
  readonly stop?: StopRequest;
}

/** An array as it was submitted; without a job where its script alone was written. */
export interface SubmittedTasks extends Pick<JobArray, "stage" | "tasks"> {
  readonly job?: string;
}

/** What was submitted, or written to be. */
export interface Submitted {
  readonly folder: string;
  /** In the order of submission. */
  readonly arrays: readonly SubmittedTasks[];
  /** Stages that were not submitted, for a stop was asked for. */
  readonly left: readonly string[];
}

/** Writes the jobs of these instances and submits them. Throws RunError in Slurm's words, and MissingError when it is not here. */
export async function submit(
  instances: readonly PlannedInstance[],
  plan: WorkflowPlan,
  jobs: ReadonlyMap<string, InstanceJob>,
  options: SubmitOptions,
): Promise<Submitted> {
  const id = ulid();
  const folder = submissionFolder(plan.loaded.runs, plan.loaded.name, id);
  const limits = { ...options, largestIndex: await indexLimit(options) };
  const prepared = arrange(instances, plan, jobs, limits).map((array, number) =>
    prepare(array, { id, number }, plan, options)
  );
  const scripts = {
    ...Object.fromEntries(prepared.map(({ script, batch }) => [`${script}.sbatch`, batchScript(batch)])),
    ...(options.scriptOnly === true && {
      "submit.sh": submitScript(
        folder,
        prepared.map((array) => ({ ...array, argumentsWith: (after) => argumentsOf(array, folder, after) })),
      ),
    }),
  };
  const record = { v: 1 as const, at: new Date().toISOString(), arrays: prepared.map(recordOf) };
  await writeSubmission(folder, record, scripts);
  const arrays = options.scriptOnly === true ? prepared : await submitAll(prepared, folder, options);
  return { folder, arrays, left: prepared.slice(arrays.length).map(({ stage }) => stage) };
}

/** The job arrays that would be submitted for these instances. */
export function arrange(
  instances: readonly PlannedInstance[],
  plan: WorkflowPlan,
  jobs: ReadonlyMap<string, InstanceJob>,
  { largestIndex, ...options }: SubmitOptions & { readonly largestIndex: number },
): readonly JobArray[] {
  return arrangeJobs(wantedOf(instances, plan), {
    perTask: (stage) => options.perTask ?? resourcesOf(stage, plan, options).per_task ?? 1,
    queued: queuedPlaces(jobs),
    largestIndex,
  });
}

/** An array with its files and its script. */
interface Prepared extends JobArray {
  readonly script: string;
  readonly resources: SlurmResources;
  /** The submission's folder as the nodes have it. */
  readonly nodeFolder: string;
  readonly batch: BatchJob;
}

function prepare(
  array: JobArray,
  { id, number }: { readonly id: string; readonly number: number },
  plan: WorkflowPlan,
  options: SubmitOptions,
): Prepared {
  const script = `${number}_${array.stage}`;
  const resources = resourcesOf(array.stage, plan, options);
  const nodeFolder = submissionFolder(runsOnNodes(resources, plan, options), plan.loaded.name, id);
  const name = arrayName(plan.loaded.name, array.stage, `${id}:${number}`);
  const log = canHoldOutput(nodeFolder) ? undefined : logBeginning(nodeFolder, script);
  const batch = batchJobOf({ array, name, task: `${id}/${number}/`, log, resources }, plan, options);
  return { ...array, script, resources, nodeFolder, batch };
}

/** Arguments of sbatch. */
function argumentsOf(
  { script, resources, nodeFolder }: Prepared,
  folder: string,
  dependency: string | undefined,
): readonly string[] {
  return [
    ...resources.extra ?? [],
    `--chdir=${nodeFolder}`,
    // Else the script says where it writes, and what Slurm itself says of the job is lost.
    `--output=${canHoldOutput(nodeFolder) ? `logs/${script}_%a.txt` : "/dev/null"}`,
    ...(dependency === undefined ? [] : [`--dependency=${dependency}`, "--kill-on-invalid-dep=yes"]),
    join(folder, `${script}.sbatch`),
  ];
}

/** Submits one array after the other, until a stop is asked for. */
async function submitAll(
  prepared: readonly Prepared[],
  folder: string,
  { stop }: SubmitOptions,
): Promise<readonly SubmittedTasks[]> {
  const submitted: SubmittedTasks[] = [];
  const arrayOf = (array: Place["array"]) => {
    if (typeof array !== "number") return array;
    const { job = "", tasks = [] } = submitted[array] ?? {};
    return { job, tasks: tasks.length };
  };
  for (const array of prepared) {
    if (stop !== undefined && isStopped(stop.flag)) break;
    const dependency = dependencyOf(array.waitsFor, arrayOf);
    // Said here as well, where no variable of the environment (SBATCH_PARTITION ...) goes before it.
    const args = [...batchOptions(array.batch), ...argumentsOf(array, folder, dependency)];
    const job = await tellWhatStays(array, submitted, sbatch(args));
    await recordJob(folder, array.script, job);
    submitted.push({ ...array, job });
  }
  return submitted;
}

/** A clip is no stage: the first task that needs it decodes it, which takes seconds, and no place in the queue. */
function wantedOf(instances: readonly PlannedInstance[], plan: WorkflowPlan): readonly Wanted[] {
  const stages = new Set(plan.instances.flatMap(({ key, section }) => section === "stages" ? [key] : []));
  return instances.map(({ name, key, stage, inputs }) => {
    const needs = new Set(inputs.map(({ key }) => key)).intersection(stages);
    return { name, key, stage, needs: [...needs] };
  });
}

function recordOf({ stage, script, tasks, batch: { name } }: Prepared) {
  return {
    ...{ stage, name, script },
    tasks: tasks.map(({ index, instances }) => ({
      index,
      instances: instances.map(({ name, key, needs }) => ({ name, key, needs: [...needs] })),
    })),
  };
}

function queuedPlaces(jobs: ReadonlyMap<string, InstanceJob>): ReadonlyMap<string, Place> {
  const live = jobs.entries().filter(([, job]) => isLive(job));
  return new Map(live.map(([key, { job, index }]) => [key, { array: { job }, index }]));
}

/** Where scripts alone are written, Slurm need not be here. */
async function indexLimit({ scriptOnly = false }: SubmitOptions): Promise<number> {
  return scriptOnly ? 1000 : await largestIndex();
}

async function tellWhatStays(
  { stage }: JobArray,
  submitted: readonly SubmittedTasks[],
  submitting: Promise<string>,
): Promise<string> {
  try {
    return await submitting;
  } catch (error) {
    if (!(error instanceof RunError)) throw error;
    const before = submitted.map(({ stage, job }) => `${stage} (job ${job})`).join(", ");
    throw new RunError(
      `${stage} was not submitted: ${error.message}` +
        (before === "" ? "" : `\nsubmitted before that, and left in the queue: ${before}`),
    );
  }
}
