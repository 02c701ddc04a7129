/**
 * `validate FILE`: is the workflow right?
 * @module
 */
import type { Output } from "../display/output.ts";
import { type LoadOptions, loadWorkflow } from "../load_workflow.ts";
import { validateOptionsSchema, withWorkflowOptions } from "../options.ts";
import { resolvedYaml } from "../../workflow/resolved.ts";
import { terminalWidth, type Verb } from "./verb.ts";

/** Adds `validate`. */
export const validateVerb: Verb = (program, { output, finish }) => {
  withWorkflowOptions(program.command("validate"))
    .description("check a workflow; writes nothing")
    .option("--resolved", "print it with all defaults")
    .action(async (file: string, options: unknown) => {
      finish(
        await validate(file, { ...terminalWidth(output), ...validateOptionsSchema.parse(options) }, output),
      );
    });
};

/** Options of `validate`. */
interface ValidateOptions extends LoadOptions {
  /** Prints the workflow with all defaults. */
  readonly resolved?: boolean;
}

/** Returns the exit code; throws WorkflowError with all problems. */
async function validate(file: string, options: ValidateOptions, output: Output): Promise<number> {
  const loaded = await loadWorkflow(file, options);
  if (options.resolved === true) {
    output.write(resolvedYaml(loaded.workflow));
    return 0;
  }
  const stages = loaded.inspected.filter(({ instance }) => instance.read.kind !== "video");
  const videos = loaded.inspected.length - stages.length;
  output.write(
    `${file} is right: ${counted(videos, "video")}, ${counted(stages.length, "instance")} of stages\n`,
  );
  for (const note of loaded.notes) output.write(`${note}\n`);
  return 0;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
