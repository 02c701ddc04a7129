/**
 * Settings that are a model of the user's own, by a name of `models:` or by its file: in the end all are files.
 * @module
 */
import type { Collector } from "./collector.ts";
import type { ExpandedInstance, ExpandedWorkflow } from "./expand.ts";
import type { Entry, MapNode, Origin, ScalarNode } from "./located.ts";
import type { Removed } from "./merge.ts";
import { namePattern } from "./name_pattern.ts";
import { moveFiles } from "./paths.ts";
import { notFound } from "./references.ts";

/** A model that is not built in. */
export interface OwnModel {
  readonly name: string;
  /** Relative to the workflow's folder. */
  readonly file: string;
  /** Where the file is named. */
  readonly origin: Origin;
}

/** Where models are looked for. */
export interface KnownModels extends Pick<ExpandedWorkflow<unknown>, "namespace"> {
  readonly models: readonly OwnModel[];
  readonly removed: Removed;
  /** The workflow's folder: paths become relative to it. */
  readonly folder: string;
}

/**
 * The instance's settings with the files of the models that it names, each as it stands in `models:`, so that what is wrong with
 * it is said there. A name that is none is reported, and stays as a value that is reported.
 */
export function withModelFiles<Stage>(
  { settings, kind }: Pick<ExpandedInstance<Stage>, "settings" | "kind">,
  known: KnownModels,
  collector: Collector,
): MapNode {
  const moved = moveFiles(settings, kind.models, known.folder, (value) => !namePattern.test(value));
  const entries = moved.entries.entries().map(([key, entry]): [string, Entry] => {
    const { value } = entry;
    if (!kind.models.includes(key) || value.kind !== "scalar" || value.reported) return [key, entry];
    if (typeof value.value !== "string" || !namePattern.test(value.value)) return [key, entry];
    return [key, { ...entry, value: fileOf(value.value, value, known, collector) }];
  });
  return { ...moved, entries: new Map(entries) };
}

function fileOf(
  name: string,
  node: ScalarNode,
  { models, namespace, removed }: KnownModels,
  collector: Collector,
): ScalarNode {
  const found = models.find((model) => model.name === name);
  if (found !== undefined) return { kind: "scalar", value: found.file, origin: found.origin };
  const named = namespace.kindOf(name);
  // A model whose entry has a problem, which is reported already.
  if (named !== "model") {
    const known = models.map(({ name }) => name);
    collector.report(node.origin, notFound(name, "model of your own", named, known, removed));
  }
  return { ...node, reported: true };
}
