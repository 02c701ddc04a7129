/**
 * A plan as `plan` shows it: with times that hold for this machine, and all that is to be said of it.
 * @module
 */
import { engineOptions } from "../engine_options.ts";
import type { LoadedWorkflow } from "../load_workflow.ts";
import { describeLittleSpace } from "./disk.ts";
import { type PlanOptions, planWorkflow, type WorkflowPlan } from "./plan_workflow.ts";
import { describePlan } from "./table.ts";

/** Plans, and times this machine where no run has: that loads the engine. Throws as `planWorkflow` does. */
export async function planWithTimes(loaded: LoadedWorkflow, options: PlanOptions): Promise<WorkflowPlan> {
  return await planWorkflow(loaded, {
    ...options,
    async calibrate(parts, pixels) {
      const { calibrate } = await import("./calibrate.ts");
      return await calibrate(parts, pixels, engineOptions(options, loaded));
    },
  });
}

/** What there is to know of the workflow, the table, its sum, and what there is to warn of. */
export function describeWholePlan(plan: WorkflowPlan, columns?: number): string {
  const warnings = describeLittleSpace(plan).map((text) => `warning: ${text}`);
  return [...plan.loaded.notes, describePlan(plan, columns), ...warnings].join("\n");
}
