/**
 * `plan FILE`: what would run, why, and for how long. Writes nothing.
 * @module
 */
import type { Output } from "../display/output.ts";
import { type LoadOptions, loadWorkflow } from "../load_workflow.ts";
import {
  planOptionsSchema,
  withEngineOptions,
  withForceOption,
  withPlanningOptions,
  withWorkersOption,
} from "../options.ts";
import { planGraph } from "../plan/graph.ts";
import { planJson } from "../plan/json.ts";
import { type PlanOptions, planWorkflow } from "../plan/plan_workflow.ts";
import { describeWholePlan, planWithTimes } from "../plan/whole_plan.ts";
import { terminalWidth, type Verb } from "./verb.ts";

/** Adds `plan`. */
export const planVerb: Verb = (program, { output, finish }) => {
  withWorkersOption(withForceOption(withEngineOptions(withPlanningOptions(program.command("plan")))))
    .option("--graph", "print what reads what as a Mermaid flowchart")
    .option("--json", "print the plan as JSON")
    .description("show what a run would make, why, for how long and how large; writes nothing")
    .action(async (file: string, options: unknown) => {
      finish(await plan(file, { ...terminalWidth(output), ...planOptionsSchema.parse(options) }, output));
    });
};

/** Options of the verbs that plan. */
interface PlanVerbOptions extends LoadOptions, PlanOptions {
  /** Prints a flowchart. */
  readonly graph?: boolean;
  /** Prints JSON. */
  readonly json?: boolean;
}

/** Returns the exit code; throws WorkflowError with all problems. */
async function plan(file: string, options: PlanVerbOptions, output: Output): Promise<number> {
  const loaded = await loadWorkflow(file, options);
  if (options.graph === true) {
    output.write(planGraph((await planWorkflow(loaded, options)).instances));
    return 0;
  }
  const planned = await planWithTimes(loaded, options);
  if (options.json === true) {
    output.write(planJson(planned));
    return 0;
  }
  output.write(`${describeWholePlan(planned, output.columns)}\n`);
  return 0;
}
