/**
 * Weights are opened before anything is made: a run of hours must not end where it first needs them.
 * @module
 */
import { basename } from "node:path";
import { MissingError, RunError } from "../../errors.ts";
import { namedModels } from "../../models/catalog.ts";
import { commandLine } from "../invocation.ts";
import type { WorkflowPlan } from "../plan/plan_workflow.ts";

/**
 * Reads the models out of weights that are not the published ones, which their checksums vouch for. Throws MissingError
 * that names every file which cannot be used, what is wrong with it, and how to get a good one.
 */
export async function requireUsableWeights({ instances, loaded }: WorkflowPlan): Promise<void> {
  const toMake = instances.filter(({ status }) => status !== "cached");
  const models = new Map(toMake.flatMap(({ models }) => models).map((model) => [model.name, model]));
  const problems: string[] = [];
  for (const { name, file, sha256, official } of models.values()) {
    if (official || file === undefined) continue;
    const wrong = await loaded.findings.recall(`weights of ${name} 2`, sha256, () => whatIsWrong(name, file));
    if (typeof wrong === "string") problems.push(describeUnusable(name, file, wrong));
  }
  if (problems.length > 0) throw new MissingError(problems.join("\nerror: "));
}

/** Null when the model can be read out of the file. */
async function whatIsWrong(name: string, file: string): Promise<string | null> {
  const entry = namedModels.get(name);
  if (entry === undefined || !("weights" in entry)) return null;
  try {
    await entry.open(await Deno.readFile(file), basename(file));
    return null;
  } catch (error) {
    if (error instanceof RunError) return error.message;
    throw error;
  }
}

function describeUnusable(name: string, file: string, wrong: string): string {
  return `${file} can't be used as the weights of ${name}: ${wrong}\n` +
    `  move it away, then fetch the published file:\n  ${commandLine(["models", "pull", name])}`;
}
