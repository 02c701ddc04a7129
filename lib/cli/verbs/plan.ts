/**
 * `plan FILE`: what would run, why, and for how long. Writes nothing.
 * @module
 */
import type { Output } from "../display/output.ts";
import { type LoadOptions, loadWorkflow } from "../load_workflow.ts";
import { describePlan } from "../plan_table.ts";
import { type PlanOptions, planWorkflow } from "../plan_workflow.ts";

/** Returns the exit code; throws WorkflowError with all problems. */
export async function plan(
  file: string,
  options: LoadOptions & PlanOptions,
  output: Output,
): Promise<number> {
  const planned = await planWorkflow(await loadWorkflow(file, options), options);
  output.write(describePlan(planned) + "\n");
  return 0;
}
