/**
 * A job's side: which instances its task makes.
 * @module
 */
import { RunError, WorkflowError } from "../../errors.ts";
import { exitCodeOf } from "../../runner/signals.ts";
import { readSubmission } from "../../slurm/submission.ts";
import type { RunEvent } from "../../store/events.ts";
import type { LoadedWorkflow } from "../load_workflow.ts";
import { commandLine } from "../invocation.ts";
import type { WorkflowPlan } from "../plan/plan_workflow.ts";

/** The instances of a task, as they were when it was submitted. */
export type TaskInstances = readonly { readonly name: string; readonly key: string }[];

/**
 * Finds the task "submission/array/index". Throws WorkflowError when there is none: results are then looked for in another folder
 * than where it was submitted.
 */
export async function readTask({ runs, name }: LoadedWorkflow, task: string): Promise<TaskInstances> {
  const [id = "", array, index] = task.split("/");
  const submission = /^\w+$/.test(id) ? await readSubmission(runs, name, id) : undefined;
  const found = submission?.arrays[Number(array)]?.tasks.find((task) => String(task.index) === index);
  if (found !== undefined) return found.instances;
  throw new WorkflowError(`--slurm-task ${task}: error: there is no such task among the results in ${runs}`);
}

/** Throws RunError when the workflow is another one than was submitted. */
export function requireAsSubmitted(task: TaskInstances, { instances }: WorkflowPlan, file: string): void {
  const keys = new Map(instances.map(({ name, key }) => [name, key]));
  const changed = task.filter(({ name, key }) => keys.get(name) !== key).map(({ name }) => name);
  if (changed.length === 0) return;
  throw new RunError(
    `${
      changed.join(", ")
    }: the workflow, or what it reads, was changed after this was submitted; submit it as it is now:\n` +
      `  ${commandLine(["run", file, "--executor", "slurm"])}`,
  );
}

/** After so many new starts of a job that save nothing, more of them would not either. */
const mostIdleStarts = 3;

/** Sees whether a job gets anywhere. */
export interface JobProgress {
  follow(event: Pick<RunEvent, "type">): void;
  /**
   * Throws RunError when a job that is to be queued again has saved nothing in its time, and it is not the first time.
   * @param restarts how often Slurm has started it again
   */
  requireSaved(code: number, restarts?: number): void;
}

/** Nothing is saved at first. */
export function jobProgress(): JobProgress {
  let saved = false;
  return {
    follow({ type }) {
      saved ||= type === "checkpoint.saved" || type === "frame.finished" || type === "instance.finished";
    },
    requireSaved(code, restarts = Number(Deno.env.get("SLURM_RESTART_COUNT") ?? 0)) {
      if (code !== exitCodeOf.SIGUSR1 || saved || restarts < mostIdleStarts) return;
      throw new RunError(
        `nothing could be saved in the time of the job, which was started ${
          restarts + 1
        } times; it is not queued again: ` +
          "give it more time with run.slurm.time",
      );
    },
  };
}
