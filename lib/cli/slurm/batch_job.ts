/**
 * What a job array runs, and what it asks for.
 * @module
 */
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { JobArray } from "../../slurm/arrange.ts";
import type { BatchJob } from "../../slurm/batch_script.ts";
import type { SlurmResources } from "../../workflow/slurm_settings.ts";
import { projectFolder } from "../invocation.ts";
import type { WorkflowPlan } from "../plan/plan_workflow.ts";
import { taskArguments } from "./task_arguments.ts";

/** What jobs take from the command line. */
export interface JobOptions {
  /** The arguments of the program. */
  readonly command: readonly string[];
  readonly threads?: number;
  /** Folder of the results, where the command line names it. */
  readonly out?: string;
}

/** What jobs of a stage ask for. Without a number of processors they get one for each thread. */
export function resourcesOf(
  stage: string,
  { loaded }: WorkflowPlan,
  { threads }: JobOptions,
): SlurmResources {
  const { slurm: { stages = {}, ...common } = {}, threads: own = 1 } = loaded.workflow.run;
  return { cpus: threads ?? own, ...common, ...stages[stage] };
}

/**
 * The folder of the results as the nodes have it: `extra` may tell jobs of another METAMER_RUNS
 * (`--export=ALL,METAMER_RUNS=/scratch/runs`), which counts where the command line names none.
 */
export function runsOnNodes(
  { extra = [] }: SlurmResources,
  { loaded: { runs } }: WorkflowPlan,
  { out }: JobOptions,
): string {
  const exported = extra.flatMap((option) => /^--export=(.*)$/s.exec(option)?.[1]?.split(",") ?? []);
  const told = exported.flatMap((variable) => /^METAMER_RUNS=(.+)$/s.exec(variable)?.[1] ?? []).at(-1);
  return out === undefined && told !== undefined ? resolve(told) : runs;
}

/** An array as its batch script needs it. */
export interface PreparedArray {
  readonly array: JobArray;
  /** What Slurm calls it. */
  readonly name: string;
  /** What `--slurm-task` says before the index. */
  readonly task: string;
  readonly log: string | undefined;
  readonly resources: SlurmResources;
}

/** A job runs the program that submits it, where the user stands, with the same options. */
export function batchJobOf(
  { array: { tasks }, name, task, log, resources }: PreparedArray,
  { loaded: { workflow } }: WorkflowPlan,
  { command, threads = workflow.run.threads }: JobOptions,
): BatchJob {
  const main = fileURLToPath(new URL("../main.ts", import.meta.url));
  return {
    name,
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
      // Of those the workflow may want several on one machine, which would divide its threads.
      ...(workflow.run.workers === undefined ? [] : ["--workers=1"]),
      ...taskArguments(command),
    ],
    // What `deno task run` does.
    folder: projectFolder(),
    environment: { INIT_CWD: Deno.cwd(), GLIBC_TUNABLES: "glibc.malloc.hugetlb=1" },
    ...(log !== undefined && { log }),
  };
}
