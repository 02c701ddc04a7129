/**
 * How far workflows are, while other processes may be at work on them. Reads only.
 * @module
 */
import { join } from "node:path";
import { WorkflowError } from "../../errors.ts";
import { ownModelFiles } from "../own_models.ts";
import { createModelLibrary } from "../../models/model_library.ts";
import { weightsFolder } from "../../models/weights/weights_folder.ts";
import { digestModels } from "../../plan/inspect.ts";
import { keyInstances } from "../../plan/keyed_instances.ts";
import { describeUnknown, selectInstances } from "../../plan/selection.ts";
import { findInstanceIndex } from "../../store/instance_index.ts";
import { readProgress } from "../../store/instance_progress.ts";
import { instancePaths, workflowPaths } from "../../store/layout.ts";
import { entriesIfThere } from "../../store/presence.ts";
import { inParallel } from "../in_parallel.ts";
import { readHeadline } from "../table_summary.ts";
import type { LoadedWorkflow } from "../load_workflow.ts";
import { withJobs } from "./jobs.ts";
import type { InstanceStatus, WorkflowStatus } from "./workflow_status.ts";

/** What is asked about. */
export interface StatusOptions {
  /** Names of stages or instances; left out: all stages, and what they need. */
  readonly only?: readonly string[];
  /** Folder of the models' weights, of which keys depend. */
  readonly weights?: string;
}

/** How far a workflow is as it stands in its file now. Throws WorkflowError for a stage that is not there. */
export async function statusOf(
  loaded: LoadedWorkflow,
  { only = [], weights }: StatusOptions,
): Promise<WorkflowStatus> {
  const { selected, unknown } = selectInstances(loaded.inspected, only);
  if (unknown.length > 0) throw new WorkflowError(describeUnknown(unknown, loaded.inspected));
  const library = createModelLibrary({
    weightsFolder: weightsFolder({ chosen: weights }),
    offline: true,
    sha256: loaded.digests.sha256,
    files: ownModelFiles(loaded.workflow),
  });
  const digests = await digestModels(
    selected,
    // Nothing can have been made with weights that are not here.
    async (name) => await library.digestIfPresent(name) ?? { sha256: "not known", official: true },
  );
  const instances = keyInstances(selected, digests).map(({ instance: { name }, key, artifact }) => (
    { name, key, wanted: artifact.made === "video" ? artifact.video.frames : undefined }
  ));
  return await withJobs(loaded.runs, {
    name: loaded.name,
    file: loaded.path,
    instances: await progressOf(loaded.runs, instances),
  });
}

/** How far every workflow is that has results in this folder, by what its last run was about. */
export async function statusOfAll(runs: string): Promise<readonly WorkflowStatus[]> {
  const folders = (await entriesIfThere(runs)).filter(({ isDirectory }) => isDirectory);
  const found: WorkflowStatus[] = [];
  for (const { name } of folders) {
    const paths = workflowPaths(runs, name);
    const { content: index, problem } = await findInstanceIndex(paths.instances) ?? {};
    if (problem !== undefined) {
      const text = `its instances.json is damaged: ${problem}; running it again writes it anew`;
      found.push({ name, file: paths.workflow, instances: [], problem: text });
    }
    if (index === undefined) continue;
    const instances = Object.entries(index.instances).map(([name, { key, frames }]) => (
      { name, key, wanted: frames }
    ));
    const file = join(runs, index.file);
    found.push(await withJobs(runs, { name, file, instances: await progressOf(runs, instances) }));
  }
  return found.sort((a, b) => a.name < b.name ? -1 : 1);
}

/** What is there of each. Without a wanted number of frames it makes a table, or its run was one of an earlier version. */
async function progressOf(
  runs: string,
  instances: readonly { readonly name: string; readonly key: string; readonly wanted?: number | undefined }[],
): Promise<readonly InstanceStatus[]> {
  const host = Deno.hostname();
  return await inParallel(instances, async ({ name, key, wanted }) => {
    const paths = instancePaths(runs, key);
    const progress = await readProgress(paths, { host, wanted });
    const headline = wanted === undefined && progress.state === "done"
      ? await readHeadline(join(paths.folder, "summary.json"))
      : undefined;
    const makesTable = wanted === undefined && progress.finishedFrames === 0;
    return {
      name,
      key,
      ...progress,
      ...(makesTable && { makesTable }),
      ...(headline !== undefined && { headline }),
    };
  });
}
