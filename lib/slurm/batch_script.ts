/**
 * The batch script of one job array.
 * @module
 */
import { type SlurmResources, timeForSlurm } from "../workflow/slurm_settings.ts";
import { formatIndices } from "./array_indices.ts";
import { shellWord, shellWords } from "./shell_word.ts";
import { cancelledList } from "./submission.ts";

/** What a batch script is made from. */
export interface BatchJob {
  /** As Slurm's lists show it. */
  readonly name: string;
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
 * saves and ends with 75; then the job queues itself again, unless `cancel` was told meanwhile. A program that has no ear for it yet dies of it (138): nothing is lost.
 */
export function batchScript(job: BatchJob): string {
  const { program: before, options, folder, environment, log } = job;
  const set = Object.entries(environment).map(([name, value]) => `export ${name}=${shellWord(value)}`);
  return [
    "#!/bin/bash",
    ...batchOptions(job).map((option) => `#SBATCH ${option}`),
    "",
    ...(log === undefined ? [] : [`exec >>${shellWord(log)}"$SLURM_ARRAY_TASK_ID".txt 2>&1`]),
    "submission=$PWD",
    `cd -- ${shellWord(folder)} || exit 1`,
    ...set,
    "",
    "program=",
    "early=",
    ...["USR1", "TERM"].map((signal) =>
      `trap 'if [ -n "$program" ]; then kill -${signal} "$program"; else early=${signal}; fi' ${signal}`
    ),
    `${shellWords(before)}"$SLURM_ARRAY_TASK_ID" ${shellWords(options)} &`,
    "program=$!",
    "# Came before the program was known.",
    '[ -z "$early" ] || kill -"$early" "$program"',
    "# A trapped signal ends wait: the program is waited for again.",
    'while kill -0 "$program" 2>/dev/null; do wait "$program"; done',
    'wait "$program"',
    "code=$?",
    "trap - TERM",
    "",
    "# Slurm queues again what was cancelled, too.",
    `task="\${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID"`,
    `if grep -qsxF "$task" "$submission/${cancelledList}"; then`,
    '  echo "Cancelled."',
    'elif [ "$code" -eq 138 ] && [ "${SLURM_RESTART_COUNT:-0}" -ge 3 ]; then',
    '  echo "The time of the job was over four times before it had begun: give it more with run.slurm.time."',
    'elif [ "$code" -eq 75 ] || [ "$code" -eq 138 ]; then',
    '  echo "Saved; queued again to go on."',
    '  scontrol requeue "$task" && sleep 60',
    '  echo "Slurm does not queue it again: run the workflow once more."',
    "fi",
    'exit "$code"',
    "",
  ].join("\n");
}

/** What the head of the script asks of sbatch; `extra` is no part of it. */
export function batchOptions({ name, indices, resources }: BatchJob): readonly string[] {
  return [
    `--job-name=${name}`,
    `--array=${formatIndices(indices)}`,
    `--signal=B:USR1@${savesBefore}`,
    "--requeue",
    "--open-mode=append",
    ...resourceOptions(resources),
  ];
}

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

/**
 * The name of an array: "sweep:metamer:01KB...:0". What it was submitted with makes it the only one of that name.
 * @param task its submission and place there, as "01KB...:0"
 */
export function arrayName(workflow: string, stage: string, task: string): string {
  return `${workflow}:${stage}:${task}`.replace(/[^\w:.-]/g, "_");
}
