/**
 * Which instances of a workflow an export means, and whether they are there.
 * @module
 */
import { WorkflowError } from "../../errors.ts";
import type { PlannedInstance } from "../../plan/planned_instance.ts";
import { listed, quoted, suggestion } from "../../workflow/wording.ts";

/** Throws WorkflowError when a workflow has no such stage, instance or video. */
export function requireKnown(
  name: string,
  instances: readonly { readonly stage: string; readonly name: string }[],
): void {
  if (instances.some((instance) => instance.stage === name || instance.name === name)) return;
  const known = [...new Set(instances.map(({ stage }) => stage))];
  throw new WorkflowError(
    `there is no stage ${quoted(name)}; the workflow has ${listed(known)}${suggestion(name, known)}`,
  );
}

/** Throws WorkflowError for instances that are not finished with these settings. */
export function requireFinished(instances: readonly PlannedInstance[], run: string): void {
  const unfinished = instances.filter(({ status }) => status !== "cached");
  if (unfinished.length === 0) return;
  const [{ finishedFrames = 0, artifact = undefined } = {}] = unfinished;
  const frames = artifact?.made === "video" && unfinished.length === 1
    ? ` (${finishedFrames} of ${artifact.video.frames} frames are there)`
    : "";
  const isOne = unfinished.length === 1;
  throw new WorkflowError(
    `${listed(unfinished.map(({ name }) => name))} ${
      isOne ? "is" : "are"
    } not finished with these settings${frames}; run ${isOne ? "it" : "them"} first:\n  ${run}`,
  );
}
