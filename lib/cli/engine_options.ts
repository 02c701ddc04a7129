/**
 * How the engine of a run or a plan is opened, and how many work at a time.
 * @module
 */
import type { EngineOptions } from "../engines/engine.ts";
import { WorkflowError } from "../errors.ts";
import { requireDevices, requireFittingChoices } from "../engines/choices.ts";
import { defaultThreads, threadsOfEach } from "../engines/threads.ts";
import type { LoadedWorkflow } from "./load_workflow.ts";

/** What computes. */
export interface ComputeOptions extends Omit<EngineOptions, "precision"> {
  /**
   * So many instances are computed at a time, and share the threads; left out: one for each of `devices`, else the workflow's
   * `run.workers`, else 1.
   */
  readonly workers?: number;
  /** Indices of the devices that the engine is to compute on, one instance at a time on each. */
  readonly devices?: readonly number[];
}

/** How many instances are computed at a time. Throws WorkflowError for a number that there cannot be: scripts may ask for any. */
export function workersOf(asked: ComputeOptions, { workflow: { run } }: LoadedWorkflow): number {
  const { devices, workers = devices?.length ?? run.workers ?? 1 } = asked;
  if (!Number.isInteger(workers) || workers < 1) {
    throw new WorkflowError(`--workers ${workers}: error: it must be a whole number from 1`);
  }
  if (devices === undefined || workers === devices.length) return workers;
  throw new WorkflowError(
    `--workers ${workers}: error: --devices ${
      devices.join(",")
    } makes ${devices.length} instances at a time, one on each; ` +
      "leave --workers out",
  );
}

/** The devices to compute on, checked; undefined when none are chosen. Throws WorkflowError for what there cannot be. */
export function devicesOf(asked: ComputeOptions, loaded: LoadedWorkflow): readonly number[] | undefined {
  const { devices } = asked;
  if (devices === undefined) return undefined;
  if (asked.device !== undefined) {
    throw new WorkflowError(
      `--device ${asked.device}: error: --devices ${
        devices.join(",")
      } says which already; leave one of them out`,
    );
  }
  const isSound = devices.length > 0 && devices.every((device) => Number.isInteger(device) && device >= 0);
  if (!isSound || new Set(devices).size < devices.length) {
    throw new WorkflowError(
      `--devices ${devices.join(",")}: error: it must name devices by their numbers from 0, each once: 0,1`,
    );
  }
  const { device: _, ...options } = engineOptions(asked, loaded);
  requireDevices(options, devices);
  return devices;
}

/**
 * The engine of each worker: as it is asked for, else as the workflow's `run:` says; what neither says is left to the engine. The
 * threads are divided among the workers. Throws WorkflowError for choices that do not go together.
 */
export function engineOptions(asked: ComputeOptions, loaded: LoadedWorkflow): EngineOptions {
  const { workflow: { run } } = loaded;
  const { engine = run.engine, threads = run.threads, exact = run.exact } = asked;
  // What the workflow says of its own engine is not meant for another one.
  const isOwn = engine === run.engine || asked.engine === undefined;
  const {
    provider = isOwn ? run.provider : undefined,
    backend = isOwn ? run.backend : undefined,
    device = isOwn ? run.device : undefined,
  } = asked;
  const workers = workersOf(asked, loaded);
  const divided = threads === undefined ? defaultThreads(workers) : threadsOfEach(threads, workers);
  const each = workers === 1 ? threads : divided;
  const options = {
    ...(engine !== undefined && { engine }),
    ...(provider !== undefined && { provider }),
    ...(backend !== undefined && { backend }),
    ...(device !== undefined && { device }),
    ...(each !== undefined && { threads: each }),
    ...(exact !== undefined && { exact }),
  };
  requireFittingChoices(options);
  return options;
}
