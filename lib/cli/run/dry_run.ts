/**
 * `run --dry-run`: what a run would do beside what its plan shows.
 * @module
 */
import { instancePaths, workflowPaths } from "../../store/layout.ts";
import { requireOwnName } from "../../store/run_folder.ts";
import { sizeIfThere } from "../../store/presence.ts";
import { type ComputeOptions, devicesOf, engineOptions } from "../engine_options.ts";
import { fromHere } from "../from_here.ts";
import type { WorkflowPlan } from "../plan/plan_workflow.ts";
import { readyEngine } from "./ready_engine.ts";
import { requireUsableWeights } from "./require_weights.ts";
import { reportsOf, videosOf } from "./results.ts";
import type { RunOptions } from "./run_workflow.ts";
import { identityOf, refuseOthers } from "./same_engine.ts";

/** More instances than these are not listed one by one. */
const mostListed = 12;

/**
 * Throws what a run would throw before it begins: WorkflowError for a name that is taken and, if that is asked for, for
 * results of another engine, MissingError for weights that cannot be used and for an engine that is not here.
 */
export async function requireRunnable(
  plan: WorkflowPlan,
  options: Pick<RunOptions, keyof ComputeOptions | "sameEngine">,
): Promise<void> {
  const { name, path, runs } = plan.loaded;
  await requireOwnName(runs, { name, file: path });
  const devices = devicesOf(options, plan.loaded);
  const { options: engine } = await readyEngine(plan, engineOptions(options, plan.loaded), devices);
  await requireUsableWeights(plan);
  if (options.sameEngine !== true) return;
  await refuseOthers(plan, await identityOf(engine));
}

/** What a run would fetch, and where it would write, path by path. */
export async function describeWrites(plan: WorkflowPlan): Promise<string> {
  const { loaded, instances, missingWeights, weights } = plan;
  const left = instances.filter(({ status }) => status !== "cached");
  const folders = [...new Set(left.map(({ key }) => key))];
  const listed = folders.slice(0, mostListed).map((key) => fromHere(instancePaths(loaded.runs, key).folder));
  const more = folders.length - listed.length;
  const videos = [...await videosToWrite(plan), ...reportsToWrite(plan)];
  return [
    ...missingWeights.map((model) => `A run would fetch the weights of ${model} into ${fromHere(weights)}.`),
    "A run would write:",
    `  ${fromHere(workflowPaths(loaded.runs, loaded.name).folder)} (workflow, settings, events, links)`,
    ...listed.map((folder) => `  ${folder}`),
    ...(more > 0 ? [`  and ${more} more beside them`] : []),
    ...videos.slice(0, mostListed).map((video) => `  ${fromHere(video)}`),
    ...(videos.length > mostListed ? [`  and ${videos.length - mostListed} more videos`] : []),
    "Nothing was written.",
  ].join("\n");
}

/** Of what is to be made. */
function reportsToWrite({ instances, loaded }: WorkflowPlan): readonly string[] {
  return Object.values(
    reportsOf({ loaded, instances: instances.filter(({ status }) => status !== "cached") }),
  );
}

/** Of what is to be made, and those that are not there. */
async function videosToWrite({ instances, loaded }: WorkflowPlan): Promise<readonly string[]> {
  const paths: string[] = [];
  for (const instance of instances) {
    for (const path of Object.values(videosOf(instance, loaded))) {
      if (instance.status !== "cached" || await sizeIfThere(path) === undefined) paths.push(path);
    }
  }
  return paths;
}
