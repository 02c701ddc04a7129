/**
 * `freeze FILE`: one file and one hash for a preregistration.
 * @module
 */
import { z } from "zod";
import { WorkflowError } from "../../errors.ts";
import { fetched } from "../display/wording.ts";
import { openDisplay } from "../display/open_display.ts";
import type { Output } from "../display/output.ts";
import { wrapped } from "../display/wrapped.ts";
import { freezePlan, writeFrozen } from "../freeze/freeze.ts";
import { frozenPath } from "../freeze/frozen_path.ts";
import { commandLine } from "../invocation.ts";
import { type LoadOptions, loadWorkflow } from "../load_workflow.ts";
import { type PlanOptions, planWorkflow } from "../plan/plan_workflow.ts";
import { terminalWidth, type Verb } from "./verb.ts";
import { validateOptionsSchema, withWorkflowOptions } from "../options.ts";

const optionsSchema = validateOptionsSchema.extend({
  weights: z.string().exactOptional(),
  offline: z.boolean().exactOptional(),
  to: z.string().exactOptional(),
});

/** Adds `freeze`. */
export const freezeVerb: Verb = (program, { output, finish }) => {
  withWorkflowOptions(program.command("freeze"))
    .description("write down under one hash what a workflow is going to make, for a preregistration")
    .option("--weights <folder>", "folder of the models' weights (METAMER_WEIGHTS)")
    .option("--offline", "never fetch weights")
    .option("--to <file>", "where to write it (otherwise FILE.frozen.json beside the workflow)")
    .action(async (file: string, options: unknown) => {
      finish(await freeze(file, { ...terminalWidth(output), ...optionsSchema.parse(options) }, output));
    });
};

/** Options of `freeze`. */
interface FreezeOptions extends LoadOptions, Pick<PlanOptions, "weights" | "offline"> {
  /** The frozen file. */
  readonly to?: string;
}

/** Returns the exit code; throws WorkflowError, MissingError for weights that cannot be had, or RunError. */
async function freeze(file: string, options: FreezeOptions, output: Output): Promise<number> {
  const path = options.to ?? frozenPath(file);
  if (!path.endsWith(".json")) throw new WorkflowError(`--to ${path}: error: its name must end with .json`);
  using display = openDisplay(output, false);
  const loaded = await loadWorkflow(file, options);
  const plan = await planWorkflow(loaded, {
    ...options,
    fetchWeights: true,
    onDownload: ({ fileName, received, bytes }) => display.progress(fetched(fileName, received, bytes)),
  });
  const frozen = await freezePlan(plan, path);
  await writeFrozen(path, frozen);
  const { analyses, specification: { clips, weights } } = frozen;
  const counts = [
    counted(plan.instances.length, "instance"),
    ...(analyses.length > 0 ? [`of them ${counted(analyses.length, "analysis", "analyses")}`] : []),
    counted(Object.keys(clips).length, "clip"),
    `${counted(Object.keys(weights).length, "model")}`,
  ];
  display.say([
    `sha256 ${frozen.hash}`,
    ...[`${path}: ${counts.join(", ")}.`].map((line) => wrapped(line, output.columns)),
    wrapped("Register the hash, keep the file, and run it as registered:", output.columns),
    `  ${commandLine(["run", "--frozen", options.to === undefined ? file : path])}`,
  ].join("\n"));
  return 0;
}

function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
