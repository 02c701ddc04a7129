/**
 * What a run writes before anything is made.
 * @module
 */
import { removeOutdatedViews } from "../../runner/encode_views.ts";
import { instancePaths, workflowPaths } from "../../store/layout.ts";
import type { LockHolder } from "../../store/lock.ts";
import { askForRemake } from "../../store/remake.ts";
import { writeRunFolder } from "../../store/run_folder.ts";
import { writeSpecification } from "../../store/specification.ts";
import { specify } from "../../versions/specify.ts";
import { resolvedYaml } from "../../workflow/resolved.ts";
import { encoders } from "../export/encoders.ts";
import type { WorkflowPlan } from "../plan/plan_workflow.ts";
import { specified } from "../plan/specified.ts";

/**
 * Writes the workflow's own folder, and asks for what is to be made again. Throws WorkflowError when the folder belongs to
 * another file of that name.
 */
export async function prepareRunFolder(plan: WorkflowPlan, me: LockHolder): Promise<void> {
  const { loaded: { path, name, runs, workflow, findings }, instances, sharedOut = instances } = plan;
  const paths = workflowPaths(runs, name);
  const text = await Deno.readTextFile(path);
  const resolved = resolvedYaml(workflow, paths.folder);
  // The folder is all shards', and each writes the same.
  await removeOutdatedViews(sharedOut, { runs, workflow: name, encoders });
  await writeRunFolder(runs, {
    name,
    file: path,
    text,
    resolved,
    instances: sharedOut.map(({ name, key, artifact }) => (
      { name, key, ...(artifact.made === "video" && { frames: artifact.video.frames }) }
    )),
    others: workflow.instances.map(({ name }) => name),
  }, me);
  await writeSpecification(paths.specification, specify(specified(plan), paths.folder));
  await findings.save();
  for (const { key, remake } of instances) {
    if (remake === "asked") await askForRemake(instancePaths(runs, key), name);
  }
}
