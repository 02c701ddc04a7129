/**
 * From a workflow to the plan of a run: what is there, what is to be made, and how long that takes.
 * @module
 */
import { WorkflowError } from "../../errors.ts";
import { ownModelFiles } from "../own_models.ts";
import { createModelLibrary } from "../../models/model_library.ts";
import type { ModelDigest } from "../../models/stream_model.ts";
import type { DownloadProgress } from "../../models/weights/download.ts";
import { weightsFolder } from "../../models/weights/weights_folder.ts";
import { digestModels } from "../../plan/inspect.ts";
import { isHashedBy } from "../../plan/key.ts";
import { type KeyedInstance, keyInstances } from "../../plan/keyed_instances.ts";
import { planInstances, withSpeeds } from "../../plan/plan.ts";
import type { PlannedInstance } from "../../plan/planned_instance.ts";
import { parseShard, type Shard, takePart, takeShard } from "../../plan/shard.ts";
import { describeUnknown, selectInstances } from "../../plan/selection.ts";
import { freeBytes } from "../../store/free_space.ts";
import { inspectInstance, type InstanceState } from "../../store/instance_state.ts";
import { knownInstances } from "../../store/instance_index.ts";
import { instancePaths, workflowPaths } from "../../store/layout.ts";
import { readTextIfThere } from "../../store/presence.ts";
import { inParallel } from "../in_parallel.ts";
import { type ComputeOptions, devicesOf, engineOptions, workersOf } from "../engine_options.ts";
import type { LoadedWorkflow } from "../load_workflow.ts";
import { remakesOf } from "./remakes.ts";
import { type Calibrate, measuredSpeeds, type PlanTiming, timePlan } from "./timing.ts";

/**
 * What a plan is to hold, where weights come from, and what will compute: only speeds that it had are of use. What is left
 * out of the engine is the workflow's `run:`, else the engine's choice.
 */
export interface PlanOptions extends ComputeOptions {
  /** Names of stages or instances; left out: all stages. What they need is planned, too. */
  readonly only?: readonly string[];
  /**
   * Names of stages or instances that are made again although they are there: the new result takes the other's place when it
   * is whole.
   */
  readonly force?: readonly string[];
  /**
   * One of several parts, such as "2/3", for processes that share the work: those of its instances that no other needs, by their
   * place among them all, and what these need. Left out: everything.
   */
  readonly shard?: string;
  /**
   * Names of the instances that this process makes, with what they need, while others make others, as the tasks of a job array.
   * @internal
   */
  readonly part?: readonly string[];
  /**
   * False: what is there counts as it is, also while it is made again.
   * @internal
   */
  readonly remakes?: boolean;
  /** Folder of the weights; left out: `METAMER_WEIGHTS`, else the user's cache. */
  readonly weights?: string;
  /** Forbids fetching weights. */
  readonly offline?: boolean;
  /** Fetches weights that are not here; else models without weights are named in the plan, and the keys that need them are not known. */
  readonly fetchWeights?: boolean;
  /**
   * Times this machine where earlier runs have not; else the plan goes by rough rates.
   * @internal
   */
  readonly calibrate?: Calibrate;
  /** Is told how far a download of weights is. */
  readonly onDownload?: (progress: DownloadProgress) => void;
}

/** The plan of a workflow. */
export interface WorkflowPlan {
  /** The workflow that this is the plan of. */
  readonly loaded: LoadedWorkflow;
  /** Each after those that it needs; of a shard, its own. */
  readonly instances: readonly PlannedInstance[];
  /** Of a shard: all instances that were shared out. A task of a job array looks only at its own: of the others it knows no status. */
  readonly sharedOut?: readonly PlannedInstance[];
  /**
   * True of a task of a job array.
   * @internal
   */
  readonly isTask?: boolean;
  /** Models whose weights are not on this machine. */
  readonly missingWeights: readonly string[];
  /** Folder of the weights. */
  readonly weights: string;
  /** Weights are never fetched. */
  readonly offline: boolean;
  /** How fast this machine is, and how that is known. */
  readonly timing: PlanTiming;
  /** So many instances are computed at a time. */
  readonly workers: number;
  /** Room on the disk that results go to; undefined where the system does not tell. */
  readonly freeBytes: number | undefined;
}

/**
 * Plans a run; writes nothing but fetched weights. Throws WorkflowError for a stage that is not there or that cannot be
 * forced and for a shard or devices that there cannot be, and MissingError when weights are to be fetched and cannot be.
 */
export async function planWorkflow(loaded: LoadedWorkflow, options: PlanOptions = {}): Promise<WorkflowPlan> {
  const { only = [], force = [], fetchWeights = false, offline = false } = options;
  const shard = options.shard === undefined ? undefined : requireShard(options.shard);
  const workers = workersOf(options, loaded);
  // Before anything is fetched.
  devicesOf(options, loaded);
  const { selected, unknown } = selectInstances(loaded.inspected, only);
  if (unknown.length > 0) throw new WorkflowError(describeUnknown(unknown, loaded.inspected));

  const weights = weightsFolder({ chosen: options.weights });
  const library = createModelLibrary({
    weightsFolder: weights,
    offline,
    sha256: loaded.digests.sha256,
    files: ownModelFiles(loaded.workflow),
    onProgress: options.onDownload,
  });
  const missingWeights: string[] = [];
  const digests = await digestModels(selected, async (name): Promise<ModelDigest> => {
    if (fetchWeights) return await library.digest(name);
    const digest = await library.digestIfPresent(name);
    if (digest === undefined) missingWeights.push(name);
    return digest ?? { sha256: "not known", official: true };
  });

  const keyed = keyInstances(selected, digests);
  const { part } = options;
  // Of a thousand tasks each would look at what all the others make.
  const seen = part === undefined ? keyed : takePart(keyed.map(asShared), part).map(({ keyed }) => keyed);
  const [states, previous, measured] = await Promise.all([
    statesOf(loaded, seen),
    previouslyHashed(loaded, seen),
    measuredSpeeds(loaded, engineOptions(options, loaded)),
  ]);
  const remakes = options.remakes === false ? new Map() : await remakesOf(loaded, seen, { states, force });
  const folder = loaded.workflow.folder;
  const speeds = { rates: {}, measured };
  const all = planInstances(keyed, { folder, states, remakes, previous, speeds });
  const own = new Set(seen.map(({ instance }) => instance.name));
  const instances = shard === undefined ? all.filter(({ name }) => own.has(name)) : takeShard(all, shard);
  const timing = await timePlan(instances, measured, options.calibrate);
  return {
    loaded,
    instances: withSpeeds(instances, timing.speeds),
    ...((shard ?? part) && { sharedOut: all }),
    ...(part && { isTask: true }),
    missingWeights,
    weights,
    offline,
    timing,
    workers,
    freeBytes: await freeBytes(loaded.runs),
  };
}

function asShared(keyed: KeyedInstance) {
  const { instance: { name, section }, key, inputs } = keyed;
  return { name, section, key, inputs, keyed };
}

function requireShard(text: string): Shard {
  const shard = parseShard(text);
  if ("problem" in shard) throw new WorkflowError(`--shard ${text}: error: ${shard.problem}`);
  return shard;
}

async function statesOf(
  { runs, digests }: LoadedWorkflow,
  keyed: readonly KeyedInstance[],
): Promise<ReadonlyMap<string, InstanceState>> {
  const states = await inParallel(keyed, async ({ key, artifact }) => {
    const frames = artifact.made === "video" ? artifact.video.frames : undefined;
    return [key, await inspectInstance(instancePaths(runs, key), frames, digests)] as const;
  });
  return new Map(states);
}

/** What was hashed for each instance name in the last run, or before its last change; where that is still there and whole. */
async function previouslyHashed(
  { runs, name }: LoadedWorkflow,
  keyed: readonly KeyedInstance[],
): Promise<ReadonlyMap<string, string>> {
  const known = await knownInstances(workflowPaths(runs, name), keyed.map(({ instance }) => instance.name));
  const found = await inParallel(keyed, async ({ key, instance }) => {
    const then = known[instance.name];
    const before = then?.key === key ? then.before : then?.key;
    const text = before && await readTextIfThere(instancePaths(runs, before).instance);
    return text && isHashedBy(before, text) ? [[instance.name, text] as const] : [];
  });
  return new Map(found.flat());
}
