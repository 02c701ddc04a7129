/**
 * `diff A B`: the settings that differ, and which instances that changes. Reads only.
 * @module
 */
import { z } from "zod";
import { compareSpecifications, isEqual } from "../../versions/compare.ts";
import { describeComparison } from "../diff/describe.ts";
import { readSide, type SideOptions } from "../diff/side.ts";
import type { Output } from "../display/output.ts";
import { terminalWidth, type Verb } from "./verb.ts";

const optionsSchema = z.object({
  out: z.string().exactOptional(),
  weights: z.string().exactOptional(),
  json: z.boolean().exactOptional(),
});

/** Adds `diff`. */
export const diffVerb: Verb = (program, { output, finish }) => {
  program.command("diff")
    .description("show in which settings two workflows differ and which instances that changes; reads only")
    .argument(
      "<a>",
      "a workflow, a git revision of one (HEAD~3:FILE), a folder among the results, or a manifest",
    )
    .argument("<b>", "what it is compared with")
    .option("--out <folder>", "folder of the results (METAMER_RUNS; otherwise runs)")
    .option("--weights <folder>", "folder of the models' weights (METAMER_WEIGHTS)")
    .option("--json", "write it as JSON")
    .action(async (a: string, b: string, options: unknown) => {
      finish(await diff(a, b, { ...terminalWidth(output), ...optionsSchema.parse(options) }, output));
    });
};

/** Returns the exit code, 1 for a difference; throws WorkflowError with all problems of a side. */
async function diff(
  a: string,
  b: string,
  options: SideOptions & { readonly json?: boolean },
  output: Output,
): Promise<number> {
  const [from, to] = [await readSide(a, options), await readSide(b, options)];
  const comparison = compareSpecifications(from.specification, to.specification);
  const missing = [...new Set([...from.missingWeights, ...to.missingWeights])];
  output.write(
    options.json === true
      ? JSON.stringify({ v: 1, ...comparison, missing_weights: missing }, undefined, 2) + "\n"
      : describeComparison(comparison, missing, output.columns) + "\n",
  );
  return isEqual(comparison) ? 0 : 1;
}
