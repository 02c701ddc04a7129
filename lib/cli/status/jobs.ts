/**
 * Joins what the store says of instances with what Slurm says of their jobs.
 * @module
 */
import { isUserError } from "../../errors.ts";
import { type JobOutcome, outcomesOf } from "../../slurm/outcomes.ts";
import { lastLinesOf } from "../slurm/log_tail.ts";
import { jobsOf } from "../slurm/queue.ts";
import type { InstanceStatus, WorkflowStatus } from "./workflow_status.ts";

/** With the jobs of those instances that are not done; Slurm is asked only where some were submitted. */
export async function withJobs(runs: string, status: WorkflowStatus): Promise<WorkflowStatus> {
  const { name, instances } = status;
  if (instances.every(({ state }) => state === "done")) return status;
  try {
    const stored = instances.map(({ name, key, state, failure }) => ({
      ...{ name, key, isDone: state === "done" },
      ...(failure !== undefined && { failure }),
    }));
    const outcomes = outcomesOf(stored, await jobsOf({ runs, name }));
    const joined = instances.map((instance) => withOutcome(instance, outcomes.get(instance.key)));
    return { ...status, instances: await Promise.all(joined) };
  } catch (error) {
    if (!isUserError(error)) throw error;
    return { ...status, queueProblem: error.message };
  }
}

async function withOutcome(
  instance: InstanceStatus,
  outcome: JobOutcome | undefined,
): Promise<InstanceStatus> {
  if (outcome === undefined) return instance;
  if (instance.state === "in progress") return { ...instance, outcome };
  const { became } = outcome;
  const lines = await lastLinesOf(outcome);
  return {
    ...instance,
    ...{ outcome, state: became === "running" ? "starting" : became },
    ...(lines.length > 0 && { lastLines: lines }),
  };
}
