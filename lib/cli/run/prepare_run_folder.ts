/**
 * What a run writes before anything is made.
 * @module
 */
import { type Encoders, removeOutdatedViews } from "../../runner/encode_views.ts";
import { instancePaths, workflowPaths } from "../../store/layout.ts";
import type { LockHolder } from "../../store/lock.ts";
import { askForRemake } from "../../store/remake.ts";
import { writeRunFolder } from "../../store/run_folder.ts";
import { specify } from "../../versions/specify.ts";
import { resolvedYaml } from "../../workflow/resolved.ts";
import { encoders as allEncoders } from "../export/encoders.ts";
import type { WorkflowPlan } from "../plan/plan_workflow.ts";
import { specified } from "../plan/specified.ts";

/**
 * Writes the workflow's own folder where it is not there yet, and asks for what is to be made again. Throws WorkflowError when the
 * folder belongs to another file of that name.
 * @param encoders of all views that there can be
 */
export async function prepareRunFolder(
  plan: WorkflowPlan,
  me: LockHolder,
  encoders: Encoders = allEncoders,
): Promise<void> {
  const { loaded: { path, name, runs, workflow, findings }, instances, sharedOut = instances } = plan;
  const { folder } = workflowPaths(runs, name);
  // The folder is all shards', and each writes the same.
  await removeOutdatedViews(sharedOut, { runs, workflow: name, encoders });
  await writeRunFolder(runs, {
    name,
    file: path,
    text: await Deno.readTextFile(path),
    resolved: () => resolvedYaml(workflow, folder),
    isPart: instances.length < workflow.instances.length,
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
