/**
 * `status [FILE]`: how far a workflow is, or all that have results. Reads only, also while others are at work.
 * @module
 */
import { z } from "zod";
import type { Output } from "../display/output.ts";
import { invocation } from "../invocation.ts";
import { loadWorkflow } from "../load_workflow.ts";
import { planningOptionsSchema, withPlanningOptions } from "../options.ts";
import { runsFolder } from "../runs_folder.ts";
import { otherRuns, requireUsable } from "../usable_folder.ts";
import { statusOf, statusOfAll } from "../status/status.ts";
import type { WorkflowStatus } from "../status/workflow_status.ts";
import { describeStatus } from "../status/table.ts";
import { terminalWidth, type Verb } from "./verb.ts";

const optionsSchema = planningOptionsSchema.extend({ json: z.boolean().exactOptional() });
type StatusVerbOptions = z.infer<typeof optionsSchema> & { readonly columns?: number };

/** Adds `status`. */
export const statusVerb: Verb = (program, { output, finish }) => {
  withPlanningOptions(program.command("status"), "[file]")
    .description("show how far a workflow is, or all that have results; reads only")
    .option("--json", "write it as JSON")
    .action(async (file: string | undefined, options: unknown) => {
      finish(await status(file, { ...terminalWidth(output), ...optionsSchema.parse(options) }, output));
    });
};

/** Returns the exit code; throws WorkflowError with all problems of the workflow. */
async function status(file: string | undefined, options: StatusVerbOptions, output: Output): Promise<number> {
  const runs = runsFolder(options.out);
  await requireUsable(runs, otherRuns);
  const found: readonly WorkflowStatus[] = file === undefined
    ? await statusOfAll(runs)
    : [await statusOf(await loadWorkflow(file, options), options)];
  if (options.json === true) output.write(JSON.stringify(found, undefined, 2) + "\n");
  else if (found.length > 0) {
    output.write(found.map((one) => describeStatus(one, output.columns)).join("\n\n") + "\n");
  } else output.write(`There are no results in ${runs}; make some with ${invocation()} run FILE.\n`);
  return 0;
}
