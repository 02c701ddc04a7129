/**
 * Whether what will compute does so in the precision that stages ask for, found out before anything runs.
 * @module
 */
import { requirePrecision } from "../../engines/choices.ts";
import type { EngineOptions } from "../../engines/engine.ts";
import type { WorkflowPlan } from "../plan/plan_workflow.ts";

/** Throws WorkflowError that names the first stage which is still to be made in a precision that the engine would not compute in. */
export function requireComputable({ instances }: WorkflowPlan, engine: EngineOptions): void {
  for (const { stage, status, precision } of instances) {
    if (status !== "cached") requirePrecision(engine, precision, `stages.${stage}.precision`);
  }
}
