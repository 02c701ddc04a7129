/**
 * What `--force` makes again, and what an earlier `--force` has not finished.
 * @module
 */
import { WorkflowError } from "../../errors.ts";
import type { KeyedInstance } from "../../plan/keyed_instances.ts";
import type { Remake } from "../../plan/plan.ts";
import { describeUnknown } from "../../plan/selection.ts";
import { inspectInstance, type InstanceState } from "../../store/instance_state.ts";
import { instancePaths, remakePaths } from "../../store/layout.ts";
import { remakeAskedBy } from "../../store/remake.ts";
import { inParallel } from "../in_parallel.ts";
import type { LoadedWorkflow } from "../load_workflow.ts";

/** What is asked for, and what is there. */
interface Asked {
  /** By key. */
  readonly states: ReadonlyMap<string, InstanceState>;
  /** Names of stages or instances. */
  readonly force: readonly string[];
}

/**
 * What is made again, by key. Without being asked a run goes on with what its own workflow has begun, unless that would leave
 * fewer frames than there are. Throws WorkflowError for a name that is not part of the run, and for frames that would be lost.
 */
export async function remakesOf(
  loaded: LoadedWorkflow,
  keyed: readonly KeyedInstance[],
  { states, force }: Asked,
): Promise<ReadonlyMap<string, Remake>> {
  requireKnown(loaded, keyed, force);
  const forced = new Set(keyed.filter((instance) => isNamed(instance, force)).map(({ key }) => key));
  const problems: string[] = [];
  const found = await inParallel(keyed, async ({ instance, key, artifact }) => {
    const state = states.get(key);
    if (state === undefined || isNothing(state)) return [];
    const wanted = artifact.made === "video" ? artifact.video.frames : undefined;
    const paths = instancePaths(loaded.runs, key);
    const isAsked = forced.has(key);
    if (!isAsked && !(await remakeAskedBy(paths)).includes(loaded.name)) return [];
    if (wanted !== undefined && wanted < state.finishedFrames) {
      if (isAsked) problems.push(describeFewer(instance.name, state.finishedFrames, wanted));
      return [];
    }
    const made = await inspectInstance(remakePaths(paths), wanted, loaded.digests);
    return [[key, { remake: isAsked ? "asked" : "begun", state: made }] as const];
  });
  if (problems.length > 0) throw new WorkflowError([...new Set(problems)].join("\n"));
  return new Map(found.flat());
}

function isNamed({ instance }: KeyedInstance, names: readonly string[]): boolean {
  return names.includes(instance.stage) || names.includes(instance.name);
}

function isNothing({ status, damaged }: InstanceState): boolean {
  return status === "run" && damaged.length === 0;
}

function requireKnown(
  { inspected }: LoadedWorkflow,
  keyed: readonly KeyedInstance[],
  force: readonly string[],
): void {
  const isThere = (name: string) =>
    inspected.some(({ instance }) => instance.stage === name || instance.name === name);
  const problems = force.flatMap((name) => {
    if (!isThere(name)) return [describeUnknown([name], inspected, "--force")];
    if (keyed.some((instance) => isNamed(instance, [name]))) return [];
    return [`--force ${name}: error: no stage that is to run needs ${name}; add --only ${name}`];
  });
  if (problems.length > 0) throw new WorkflowError(problems.join("\n"));
}

function describeFewer(name: string, finished: number, wanted: number): string {
  return `--force ${name}: error: the store has ${finished} frames of it, and this run wants ${wanted}: ` +
    `the others would be lost; make all of them again with --frames ${finished}`;
}
