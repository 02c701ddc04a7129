/**
 * What a process that makes one shard says of the others.
 * @module
 */
import type { PlannedInstance } from "../../plan/planned_instance.ts";
import { wantedFrames } from "../../runner/run_instance.ts";
import { inspectInstance } from "../../store/instance_state.ts";
import { instancePaths } from "../../store/layout.ts";
import { sizeIfThere } from "../../store/presence.ts";
import { inParallel } from "../in_parallel.ts";
import type { WorkflowPlan } from "../plan/plan_workflow.ts";

/** More instances than these are not named one by one. */
const mostListed = 12;

/**
 * Names of the instances that other shards have still to make; none where the plan is of the whole. For a task of a job array one is
 * enough: it looks in any order, so that it finds one soon until nearly all are done.
 */
export async function leftToOthers(
  { instances, sharedOut = [], isTask = false, loaded: { runs, digests } }: WorkflowPlan,
): Promise<readonly string[]> {
  const own = new Set(instances.map(({ name }) => name));
  const others = sharedOut.filter(({ name }) => !own.has(name));
  const isLeft = async (instance: PlannedInstance) => {
    const paths = instancePaths(runs, instance.key);
    return (await inspectInstance(paths, wantedFrames(instance), digests)).status !== "cached";
  };
  if (isTask) {
    const inAnyOrder = others.map((instance) => ({ instance, place: Math.random() }))
      .toSorted((a, b) => a.place - b.place).map(({ instance }) => instance);
    const hasNothing = async ({ key }: PlannedInstance) =>
      await sizeIfThere(instancePaths(runs, key).manifest) === undefined;
    for (const look of [hasNothing, isLeft]) {
      for (const instance of inAnyOrder) if (await look(instance)) return [instance.name];
    }
    return [];
  }
  const left = await inParallel(others, isLeft);
  return others.filter((_, index) => left[index]).map(({ name }) => name);
}

/** What stands before the plan of a shard; nothing before another plan. */
export function describeShard(
  shard: string | undefined,
  { instances, sharedOut = [] }: Pick<WorkflowPlan, "instances" | "sharedOut">,
): readonly string[] {
  if (shard === undefined) return [];
  return instances.length === 0
    ? [
      `Shard ${shard} has nothing to make: there are more shards than instances that do not need each other.`,
    ]
    : [`Shard ${shard} makes ${instances.length} of the ${sharedOut.length} instances.`];
}

/** What stands last on the screen: whether the run is complete, and what is left to others. */
export function describeLeft(shard: string, left: readonly string[]): string {
  if (left.length === 0) return `Shard ${shard} is done, and so are the others: the run is complete.`;
  const more = left.length - mostListed;
  return [
    `Shard ${shard} is done. The run is not complete; left to other shards:`,
    ...left.slice(0, mostListed).map((name) => `  ${name}`),
    ...(more > 0 ? [`  and ${more} more`] : []),
  ].join("\n");
}
