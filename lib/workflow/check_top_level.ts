/**
 * What stands beside videos and stages: version, title, models, `run`.
 * @module
 */
import { dirname } from "node:path";
import type { Collector } from "./collector.ts";
import { reportIssues } from "./issues.ts";
import { type Entry, entryOf, type MapNode, type Origin, plainValue } from "./located.ts";
import { moveFiles } from "./paths.ts";
import { type TopLevel, topLevelSchema } from "./top_level.ts";

/** Reads the top level; undefined when it has problems. Paths in it become relative to the folder of the workflow at `path`. */
export function checkTopLevel(root: MapNode, path: string, collector: Collector): TopLevel | undefined {
  const top: Origin = "source" in root.origin
    ? { source: root.origin.source, start: 0, end: 0 }
    : { source: { path, text: "" }, start: 0, end: 0 };
  const version = root.entries.get("metamer")?.value;
  if (version === undefined) collector.report(top, { code: "missing_version" });
  else if (version.kind !== "scalar" || version.value !== 1) {
    collector.report(version.origin, { code: "wrong_version", found: plainValue(version) });
  }
  const stages = root.entries.get("stages");
  if (stages === undefined || (stages.value.kind === "map" && stages.value.entries.size === 0)) {
    collector.report(stages?.key ?? top, { code: "no_stages" });
  }
  const moved = moveTopLevelFiles(root, dirname(path));
  reportUnknownStages(root, collector);
  const parsed = topLevelSchema.safeParse(plainValue(moved));
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.filter(({ path }) => path[0] !== "metamer");
  reportIssues(issues, { node: root, key: top, name: "" }, collector);
  return undefined;
}

/** Stages that `run.slurm.stages` names and the workflow has not. */
function reportUnknownStages(root: MapNode, collector: Collector): void {
  const stages = root.entries.get("stages")?.value;
  const run = root.entries.get("run")?.value;
  const slurm = run && entryOf(run, "slurm")?.value;
  const named = slurm && entryOf(slurm, "stages")?.value;
  if (stages?.kind !== "map" || named?.kind !== "map") return;
  const known = [...stages.entries.keys()];
  for (const [key, { key: origin }] of named.entries) {
    if (!stages.entries.has(key)) {
      collector.report(origin, { code: "unknown_key", key, known }, "run.slurm.stages");
    }
  }
}

/** `run.out` and the models' files, relative to the workflow's folder. */
function moveTopLevelFiles(root: MapNode, folder: string): MapNode {
  const entries = new Map(root.entries);
  const run = entries.get("run");
  if (run?.value.kind === "map") entries.set("run", { ...run, value: moveFiles(run.value, ["out"], folder) });
  const models = entries.get("models");
  if (models?.value.kind === "map") {
    const moved = models.value.entries.entries().map(([name, model]): [string, Entry] => {
      const { value } = model;
      return [name, value.kind === "map" ? { ...model, value: moveFiles(value, ["file"], folder) } : model];
    });
    entries.set("models", { ...models, value: { ...models.value, entries: new Map(moved) } });
  }
  return { ...root, entries };
}
