/**
 * `run --exact` beside results whose convolutions were computed by Winograd's algorithm: they are used as they are, for the
 * way of convolving is in no key, and that is said.
 * @module
 */
import { enginesUsed, type EngineUse } from "../../store/engines_used.ts";
import { instancePaths, remakePaths } from "../../store/layout.ts";
import { type ComputeOptions, engineOptions } from "../engine_options.ts";
import { inParallel } from "../in_parallel.ts";
import type { WorkflowPlan } from "../plan/plan_workflow.ts";

/** More stages than these are not named. */
const mostNamed = 6;

/**
 * What to warn of where direct convolutions are asked for and results that are used, or gone on with, have others; nothing
 * where none has. Reads records alone: no engine is opened.
 */
export async function describeNotExact(plan: WorkflowPlan, options: ComputeOptions): Promise<string[]> {
  const { instances, loaded } = plan;
  if (engineOptions(options, loaded).exact !== true) return [];
  const found = await inParallel(instances, async ({ stage, key, remake }) => {
    if (remake === "asked") return [];
    const paths = instancePaths(loaded.runs, key);
    const uses = (await enginesUsed(remake === "begun" ? remakePaths(paths) : paths)).filter(isWinograd);
    const frames = uses.reduce((sum, { frames }) => sum + frames, 0);
    return uses.length === 0 ? [] : [{ stage, frames }];
  });
  const stages = [...Map.groupBy(found.flat(), ({ stage }) => stage)];
  if (stages.length === 0) return [];
  const named = stages.slice(0, mostNamed).map(([stage, uses]) => {
    const frames = uses.reduce((sum, { frames }) => sum + frames, 0);
    return frames === 0 ? stage : `${stage} (${frames} ${frames === 1 ? "frame" : "frames"})`;
  });
  const more = stages.length > mostNamed ? ` and ${stages.length - mostNamed} more` : "";
  const forced = stages.slice(0, mostNamed).map(([stage]) => `--force ${stage}`).join(" ");
  return [
    "exact: computed with winograd convolutions before, and used as they are: " +
    `${named.join(", ")}${more}; ${forced} makes them again`,
  ];
}

function isWinograd({ engine }: EngineUse): boolean {
  return engine.convolution === "winograd";
}
