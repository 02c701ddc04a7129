/**
 * `plan FILE`: what would run, why, and for how long. Writes nothing.
 * @module
 */
import type { Output } from "../display/output.ts";
import { type LoadOptions, loadWorkflow } from "../load_workflow.ts";
import { planOptionsSchema, withPlanOptions } from "../options.ts";
import { describePlan } from "../plan_table.ts";
import { type PlanOptions, planWorkflow } from "../plan_workflow.ts";
import { terminalWidth, type Verb } from "./verb.ts";

/** Adds `plan`. */
export const planVerb: Verb = (program, { output, finish }) => {
  withPlanOptions(program.command("plan"))
    .description("show what a run would make, why, and for how long; writes nothing")
    .action(async (file: string, options: unknown) => {
      finish(await plan(file, { ...terminalWidth(output), ...planOptionsSchema.parse(options) }, output));
    });
};

/** Returns the exit code; throws WorkflowError with all problems. */
async function plan(
  file: string,
  options: LoadOptions & PlanOptions,
  output: Output,
): Promise<number> {
  const planned = await planWorkflow(await loadWorkflow(file, options), options);
  output.write(describePlan(planned) + "\n");
  return 0;
}
