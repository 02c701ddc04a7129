/**
 * A workflow with every default filled in, as YAML. Without a matrix it is a workflow itself, and has the same keys.
 * @module
 */
import { stringify } from "yaml";
import type { LoadedWorkflow } from "./load_workflow.ts";

/** The text of `validate --resolved` and of `resolved.yaml`: instances stand in the place of stages with a matrix. */
export function resolvedYaml({ workflow, inspected, path }: LoadedWorkflow): string {
  const entries = inspected.map(({ instance: { name, read } }) => ({ name, read }));
  const videos = entries.filter(({ read }) => read.kind === "video");
  const stages = entries.filter(({ read }) => read.kind !== "video");
  const { title, models, run } = workflow;
  const text = stringify({
    metamer: 1,
    ...(title !== undefined && { title }),
    ...(videos.length > 0 &&
      { videos: Object.fromEntries(videos.map(({ name, read }) => [name, read.written])) }),
    ...(Object.keys(models).length > 0 && { models }),
    stages: Object.fromEntries(
      stages.map(({ name, read }) => [name, { kind: read.kind, ...asMap(read.written) }]),
    ),
    ...(Object.keys(run).length > 0 && { run }),
  }, { lineWidth: 0 });
  return `# ${path} with all defaults; file paths are relative to that file's folder\n${text}`;
}

function asMap(written: unknown): object {
  return typeof written === "object" && written !== null ? written : {};
}
