/**
 * The batch script of one job array.
 * @module
 */
import { type SlurmResources, timeForSlurm } from "../workflow/slurm_settings.ts";
import { formatIndices } from "./array_indices.ts";
import { shellWord, shellWords } from "./shell_word.ts";

/** What a batch script is made from. */
export interface BatchJob {
  /** Of the workflow's folder among the results. */
  readonly workflow: string;
  readonly stage: string;
  readonly indices: readonly number[];
  readonly resources: SlurmResources;
  /** The command that makes a task of the array: the task's index is appended to the last word of `program`. */
  readonly program: readonly string[];
  readonly options: readonly string[];
  /** Where it is run. */
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  /** The beginning of its log's path, before the index, where Slurm's `--output` has no words for that path. */
  readonly log?: string;
}

/** Seconds before the end of its time at which a job is told to save: Slurm may be a minute late. */
const savesBefore = 120;

/**
 * The script. SIGUSR1 comes from Slurm to this shell alone (B:) before the time is over, and is handed on to the program, which
 * saves and ends with 75; then the job queues itself again. A program that has no ear for it yet dies of it (138): nothing is lost.
 */
export function batchScript(job: BatchJob): string {
  const { workflow, stage, indices, resources, program: before, options, folder, environment, log } = job;
  const asked = [
    `--job-name=${plainName(`${workflow}:${stage}`)}`,
    `--array=${formatIndices(indices)}`,
    `--signal=B:USR1@${savesBefore}`,
    "--requeue",
    "--open-mode=append",
    ...resourceOptions(resources),
  ];
  const set = Object.entries(environment).map(([name, value]) => `export ${name}=${shellWord(value)}`);
  return [
    "#!/bin/bash",
    ...asked.map((option) => `#SBATCH ${option}`),
    "",
    ...(log === undefined ? [] : [`exec >>${shellWord(log)}"$SLURM_ARRAY_TASK_ID".txt 2>&1`]),
    `cd -- ${shellWord(folder)} || exit 1`,
    ...set,
    "",
    "program=",
    ...["USR1", "TERM"].map((signal) => `trap '[ -z "$program" ] || kill -${signal} "$program"' ${signal}`),
    `${shellWords(before)}"$SLURM_ARRAY_TASK_ID" ${shellWords(options)} &`,
    "program=$!",
    "# A trapped signal ends wait: the program is waited for again.",
    'while kill -0 "$program" 2>/dev/null; do wait "$program"; done',
    'wait "$program"',
    "code=$?",
    "trap - TERM",
    "",
    'if [ "$code" -eq 75 ] || [ "$code" -eq 138 ]; then',
    '  echo "Saved; queued again to go on."',
    '  scontrol requeue "${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID" && sleep 60',
    '  echo "Slurm does not queue it again: run the workflow once more."',
    "fi",
    'exit "$code"',
    "",
  ].join("\n");
}

/** Options of sbatch for what a job needs; `extra` is no part of them. */
function resourceOptions(resources: SlurmResources): readonly string[] {
  const { partition, account, time, gpus, cpus, memory } = resources;
  const options = {
    partition,
    account,
    time: time && timeForSlurm(time),
    gpus: gpus === 0 ? undefined : gpus,
    "cpus-per-task": cpus,
    mem: memory?.replace(/b$/i, "").toUpperCase(),
  };
  return Object.entries(options).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}=${value}`]
  );
}

/** A name for lists of jobs. */
export function plainName(name: string): string {
  return name.replace(/[^\w:.-]/g, "_");
}
