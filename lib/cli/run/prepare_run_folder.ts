/**
 * What a run writes before anything is computed: the workflow's folder, and what is asked for by `--force`.
 * @module
 */
import { type Encoders, removeOutdatedViews } from "../../runner/encode_views.ts";
import { instancePaths, workflowPaths } from "../../store/layout.ts";
import type { LockHolder } from "../../store/lock.ts";
import { askForRemake } from "../../store/remake.ts";
import { writeRunFolder } from "../../store/run_folder.ts";
import { specify } from "../../versions/specify.ts";
import { resolvedYaml } from "../../workflow/resolved.ts";
import type { WorkflowPlan } from "../plan/plan_workflow.ts";
import { specified } from "../plan/specified.ts";

/**
 * Writes it where it is not there yet. Throws WorkflowError when the folder belongs to another workflow.
 * @param encoders of all views that there can be
 */
export async function prepareRunFolder(plan: WorkflowPlan, me: LockHolder, encoders: Encoders): Promise<void> {
  const { loaded: { path, name, runs, workflow, findings }, instances, sharedOut = instances } = plan;
  const { folder } = workflowPaths(runs, name);
  // The folder is all shards', and each writes the same.
  await removeOutdatedViews(sharedOut, { runs, workflow: name, encoders });
  await writeRunFolder(runs, {
    name,
    file: path,
    text: await Deno.readTextFile(path),
    resolved: resolvedYaml(workflow, folder),
    specification: specify(specified(plan), folder),
    instances: sharedOut.map(({ name, key, artifact }) => (
      { name, key, ...(artifact.made === "video" && { frames: artifact.video.frames }) }
    )),
    linked: instances.map(({ name }) => name),
    others: workflow.instances.map(({ name }) => name),
  }, me);
  await findings.save();
  for (const { key, remake } of instances) {
    if (remake === "asked") await askForRemake(instancePaths(runs, key), name);
  }
}
