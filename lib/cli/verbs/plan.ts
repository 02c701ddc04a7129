/**
 * `plan FILE`: what would run, why, and for how long. Writes nothing.
 * @module
 */
import type { Output } from "../display/output.ts";
import { engineOptions } from "../engine_options.ts";
import { type LoadOptions, loadWorkflow } from "../load_workflow.ts";
import { planOptionsSchema, withExactOption, withPlanningOptions } from "../options.ts";
import { describeLittleSpace } from "../plan/disk.ts";
import { planGraph } from "../plan/graph.ts";
import { planJson } from "../plan/json.ts";
import { describePlan } from "../plan/table.ts";
import { type PlanOptions, planWorkflow } from "../plan/plan_workflow.ts";
import { terminalWidth, type Verb } from "./verb.ts";

/** Adds `plan`. */
export const planVerb: Verb = (program, { output, finish }) => {
  withExactOption(withPlanningOptions(program.command("plan")))
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
  const planned = await planWorkflow(loaded, {
    ...options,
    async calibrate(parts, pixels) {
      const { calibrate } = await import("../plan/calibrate.ts");
      return await calibrate(parts, pixels, engineOptions(options, loaded));
    },
  });
  if (options.json === true) {
    output.write(planJson(planned));
    return 0;
  }
  for (const note of loaded.notes) output.write(`${note}\n`);
  const warnings = describeLittleSpace(planned).map((text) => `warning: ${text}`);
  output.write([describePlan(planned, output.columns), ...warnings, ""].join("\n"));
  return 0;
}
