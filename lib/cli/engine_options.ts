/**
 * How the engine of a run or a plan is opened.
 * @module
 */
import type { EngineOptions } from "../engines/engine.ts";
import type { LoadedWorkflow } from "./load_workflow.ts";

/** As it is asked for, else as the workflow's `run:` says; what neither says is left to the engine. */
export function engineOptions(asked: EngineOptions, { workflow: { run } }: LoadedWorkflow): EngineOptions {
  const { engine = run.engine, threads = run.threads, exact = run.exact } = asked;
  return {
    ...(engine !== undefined && { engine }),
    ...(threads !== undefined && { threads }),
    ...(exact !== undefined && { exact }),
  };
}
