/**
 * From a workflow to the plan of a run: what is there, what is to be made, and how long that takes.
 * @module
 */
import { WorkflowError } from "../errors.ts";
import { createModelLibrary } from "../models/model_library.ts";
import type { ModelDigest } from "../models/stream_model.ts";
import type { DownloadProgress } from "../models/weights/download.ts";
import { weightsFolder } from "../models/weights/weights_folder.ts";
import { digestModels } from "../plan/inspect.ts";
import { keyInstances } from "../plan/keyed_instances.ts";
import { planInstances } from "../plan/plan.ts";
import type { PlannedInstance } from "../plan/planned_instance.ts";
import { describeUnknown, selectInstances } from "../plan/selection.ts";
import { inspectInstance, type InstanceState } from "../store/instance_state.ts";
import { readInstanceIndex } from "../store/instance_index.ts";
import { instancePaths, workflowPaths } from "../store/layout.ts";
import { readTextIfThere } from "../store/presence.ts";
import type { LoadedWorkflow } from "./load_workflow.ts";

/** What a plan is to hold, and where weights come from. */
export interface PlanOptions {
  /** Names of stages or instances; left out: all stages. What they need is planned, too. */
  readonly only?: readonly string[];
  /** Folder of the weights; left out: `METAMER_WEIGHTS`, else the user's cache. */
  readonly weights?: string;
  /** Forbids fetching weights. */
  readonly offline?: boolean;
  /** Fetches weights that are not here; else models without weights are named in the plan, and the keys that need them are not known. */
  readonly fetchWeights?: boolean;
  /** Is told how far a download of weights is. */
  readonly onDownload?: (progress: DownloadProgress) => void;
}

/** The plan of a workflow. */
export interface WorkflowPlan {
  /** The workflow that this is the plan of. */
  readonly loaded: LoadedWorkflow;
  /** Each after those that it needs. */
  readonly instances: readonly PlannedInstance[];
  /** Models whose weights are not on this machine. */
  readonly missingWeights: readonly string[];
  /** Folder of the weights. */
  readonly weights: string;
  /** Weights are never fetched. */
  readonly offline: boolean;
}

/**
 * Plans a run; writes nothing but fetched weights. Throws WorkflowError for a stage that is not there, and MissingError when
 * weights are to be fetched and cannot be.
 */
export async function planWorkflow(loaded: LoadedWorkflow, options: PlanOptions = {}): Promise<WorkflowPlan> {
  const { only = [], fetchWeights = false, offline = false } = options;
  const { selected, unknown } = selectInstances(loaded.inspected, only);
  if (unknown.length > 0) throw new WorkflowError(describeUnknown(unknown, loaded.inspected));

  const weights = weightsFolder({ chosen: options.weights });
  const library = createModelLibrary({
    weightsFolder: weights,
    offline,
    sha256: loaded.digests.sha256,
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
  const states = new Map<string, InstanceState>();
  for (const { key, artifact } of keyed) {
    const frames = artifact.made === "video" ? artifact.video.frames : undefined;
    states.set(key, await inspectInstance(instancePaths(loaded.runs, key), frames, loaded.digests));
  }
  const previous = await previouslyHashed(loaded, keyed);
  const instances = planInstances(keyed, { folder: loaded.workflow.folder, states, previous });
  return { loaded, instances, missingWeights, weights, offline };
}

/** What was hashed for each instance name in the last run, or before its last change. */
async function previouslyHashed(
  { runs, name }: LoadedWorkflow,
  keyed: readonly { readonly key: string; readonly instance: { readonly name: string } }[],
): Promise<ReadonlyMap<string, string>> {
  const index = await readInstanceIndex(workflowPaths(runs, name).instances);
  const hashed = new Map<string, string>();
  for (const { key, instance } of keyed) {
    const then = index?.instances[instance.name];
    const before = then?.key === key ? then.before : then?.key;
    const text = before === undefined
      ? undefined
      : await readTextIfThere(instancePaths(runs, before).instance);
    if (text !== undefined) hashed.set(instance.name, text);
  }
  return hashed;
}
