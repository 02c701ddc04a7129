/**
 * `run --executor slurm`: what is to be made goes to Slurm, stage by stage.
 * @module
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ulid } from "ulid";
import { RunError } from "../../errors.ts";
import type { PlannedInstance } from "../../plan/planned_instance.ts";
import { arrangeJobs, type JobArray, type Place, type Wanted } from "../../slurm/arrange.ts";
import { type BatchJob, batchScript } from "../../slurm/batch_script.ts";
import { dependencyOf, type SubmittedArray } from "../../slurm/dependency.ts";
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
import { projectFolder } from "../invocation.ts";
import { isLive } from "./queue.ts";
import { taskArguments } from "./task_arguments.ts";

/** How jobs are made of a plan. */
export interface SubmitOptions {
  /** The arguments of the program. */
  readonly command: readonly string[];
  readonly perTask?: number;
  readonly threads?: number;
  /** Writes the scripts and leaves it to the user to submit them. */
  readonly scriptOnly?: boolean;
}

/** What was submitted, or written to be. */
export interface Submitted {
  readonly folder: string;
  /** In the order of submission; without a job where the scripts alone were written. */
  readonly arrays: readonly { readonly stage: string; readonly tasks: number; readonly job?: string }[];
}

/** Submits these instances. Throws RunError in Slurm's words, and MissingError when it is not here. */
export async function submit(
  instances: readonly PlannedInstance[],
  plan: WorkflowPlan,
  jobs: ReadonlyMap<string, InstanceJob>,
  options: SubmitOptions,
): Promise<Submitted> {
  const { runs, name: workflow } = plan.loaded;
  const id = ulid();
  const folder = submissionFolder(runs, workflow, id);
  const arrays = arrangeJobs(instances.map((instance) => wantedOf(instance, plan)), {
    perTask: (stage) => options.perTask ?? resourcesOf(stage, plan, options).per_task ?? 1,
    queued: queuedPlaces(jobs),
    largestIndex: await indexLimit(options),
  });
  const prepared = arrays.map((array, number) => {
    const script = `${number}_${array.stage}`;
    const resources = resourcesOf(array.stage, plan, options);
    const task = `${id}/${number}/`;
    const log = canHoldOutput(folder) ? undefined : logBeginning(folder, script);
    return {
      ...array,
      script,
      resources,
      text: batchScript(jobOf({ array, task, log, resources }, plan, options)),
    };
  });
  const argumentsOf = ({ script, resources }: typeof prepared[number], dependency: string | undefined) => [
    ...resources.extra ?? [],
    `--chdir=${folder}`,
    // Else the script says where it writes, and what Slurm itself says of the job is lost.
    `--output=${canHoldOutput(folder) ? `logs/${script}_%a.txt` : "/dev/null"}`,
    ...(dependency === undefined ? [] : [`--dependency=${dependency}`, "--kill-on-invalid-dep=yes"]),
    join(folder, `${script}.sbatch`),
  ];
  const scripts = {
    ...Object.fromEntries(prepared.map(({ script, text }) => [`${script}.sbatch`, text])),
    ...(options.scriptOnly === true && {
      "submit.sh": submitScript(
        folder,
        prepared.map((array) => ({ ...array, argumentsWith: (after) => argumentsOf(array, after) })),
      ),
    }),
  };
  const record = { v: 1 as const, at: new Date().toISOString(), arrays: prepared.map(recordOf) };
  await writeSubmission(folder, record, scripts);

  const submitted: { stage: string; tasks: number; job?: string }[] = [];
  const arrayOf = (array: Place["array"]): SubmittedArray => {
    if (typeof array !== "number") return array;
    const { job = "", tasks } = submitted[array] ?? {};
    return { job, ...(tasks !== undefined && { tasks }) };
  };
  for (const array of prepared) {
    const { stage, script, waitsFor } = array;
    const tasks = array.tasks.length;
    if (options.scriptOnly === true) {
      submitted.push({ stage, tasks });
      continue;
    }
    const job = await tellWhatStays(submitted, sbatch(argumentsOf(array, dependencyOf(waitsFor, arrayOf))));
    await recordJob(folder, script, job);
    submitted.push({ stage, tasks, job });
  }
  return { folder, arrays: submitted };
}

function wantedOf({ name, key, stage, inputs }: PlannedInstance, { instances }: WorkflowPlan): Wanted {
  const sections = new Map(instances.map(({ key, section }) => [key, section]));
  // A clip is decoded by the first task that needs it: that takes seconds, and no place in the queue.
  const needs = inputs.map(({ key }) => key).filter((key) => sections.get(key) === "stages");
  return { name, key, stage, needs: [...new Set(needs)] };
}

function recordOf({ stage, script, tasks }: JobArray & { readonly script: string }) {
  return {
    stage,
    script,
    tasks: tasks.map(({ index, instances }) => ({
      index,
      instances: instances.map(({ name, key, needs }) => ({ name, key, needs: [...needs] })),
    })),
  };
}

/** What jobs of a stage ask for. Without a number of processors they get one for each thread. */
function resourcesOf(stage: string, { loaded }: WorkflowPlan, { threads }: SubmitOptions): SlurmResources {
  const { slurm: { stages = {}, ...common } = {}, threads: own = 1 } = loaded.workflow.run;
  return { cpus: threads ?? own, ...common, ...stages[stage] };
}

function queuedPlaces(jobs: ReadonlyMap<string, InstanceJob>): ReadonlyMap<string, Place> {
  const live = jobs.entries().filter(([, job]) => isLive(job));
  return new Map(live.map(([key, { job, index }]) => [key, { array: { job }, index }]));
}

/** Where scripts alone are written, Slurm need not be here. */
async function indexLimit({ scriptOnly = false }: SubmitOptions): Promise<number> {
  return scriptOnly ? 1000 : await largestIndex();
}

/** An array as its batch script needs it. */
interface Prepared {
  readonly array: JobArray;
  /** What `--slurm-task` says before the index. */
  readonly task: string;
  readonly log: string | undefined;
  readonly resources: SlurmResources;
}

/** A job runs the program that submits it, where the user stands, with the same options. */
function jobOf(
  { array: { stage, tasks }, task, log, resources }: Prepared,
  { loaded: { name, workflow } }: WorkflowPlan,
  { command, threads = workflow.run.threads }: SubmitOptions,
): BatchJob {
  const main = fileURLToPath(new URL("../main.ts", import.meta.url));
  return {
    workflow: name,
    stage,
    indices: tasks.map(({ index }) => index),
    resources,
    program: [
      Deno.execPath(),
      "run",
      "--quiet",
      "--no-prompt",
      "-P=run",
      main,
      "run",
      `--slurm-task=${task}`,
    ],
    options: [
      // The engine would take all cores of the machine, of which the job has some.
      ...(threads === undefined ? [`--threads=${resources.cpus ?? 1}`] : []),
      ...taskArguments(command),
    ],
    // What `deno task run` does.
    folder: projectFolder(),
    environment: { INIT_CWD: Deno.cwd(), GLIBC_TUNABLES: "glibc.malloc.hugetlb=1" },
    ...(log !== undefined && { log }),
  };
}

async function tellWhatStays(
  submitted: readonly { readonly stage: string; readonly job?: string }[],
  submitting: Promise<string>,
): Promise<string> {
  try {
    return await submitting;
  } catch (error) {
    if (!(error instanceof RunError) || submitted.length === 0) throw error;
    const before = submitted.map(({ stage, job }) => `${stage} (job ${job})`).join(", ");
    throw new RunError(`${error.message}; submitted before that and not taken back: ${before}`);
  }
}
