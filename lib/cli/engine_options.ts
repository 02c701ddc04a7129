/**
 * How the engine of a run or a plan is opened, and how many work at a time.
 * @module
 */
import type { EngineOptions } from "../engines/engine.ts";
import { WorkflowError } from "../errors.ts";
import { defaultThreads, threadsOfEach } from "../engines/threads.ts";
import type { LoadedWorkflow } from "./load_workflow.ts";

/** What computes. */
export interface ComputeOptions extends EngineOptions {
  /** So many instances are computed at a time, and share the threads; left out: the workflow's `run.workers`, else 1. */
  readonly workers?: number;
}

/** How many instances are computed at a time. Throws WorkflowError for a number that there cannot be: scripts may ask for any. */
export function workersOf(asked: ComputeOptions, { workflow: { run } }: LoadedWorkflow): number {
  const { workers = run.workers ?? 1 } = asked;
  if (Number.isInteger(workers) && workers >= 1) return workers;
  throw new WorkflowError(`--workers ${workers}: error: it must be a whole number from 1`);
}

/**
 * The engine of each worker: as it is asked for, else as the workflow's `run:` says; what neither says is left to the engine. The
 * threads are divided among the workers.
 */
export function engineOptions(asked: ComputeOptions, loaded: LoadedWorkflow): EngineOptions {
  const { workflow: { run } } = loaded;
  const { engine = run.engine, threads = run.threads, exact = run.exact } = asked;
  const workers = workersOf(asked, loaded);
  const divided = threads === undefined ? defaultThreads(workers) : threadsOfEach(threads, workers);
  const each = workers === 1 ? threads : divided;
  return {
    ...(engine !== undefined && { engine }),
    ...(each !== undefined && { threads: each }),
    ...(exact !== undefined && { exact }),
  };
}
