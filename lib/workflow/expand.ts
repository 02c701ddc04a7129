/**
 * Phase 4: from the merged workflow to its instances, each with its own values in the place of `$x`.
 * @module
 */
import type { Collector } from "./collector.ts";
import { expandTable, groupOf } from "./expand_table.ts";
import {
  type Entry,
  entryOf,
  type LocatedNode,
  type MapNode,
  type Origin,
  plainValue,
  type ScalarNode,
  withoutKeys,
} from "./located.ts";
import { combinations, factorsOf, forbidVariables, instanceName, readMatrix, substitute } from "./matrix.ts";
import { moveFiles } from "./paths.ts";
import type { ReadFile } from "./read_text.ts";
import { type BuiltInModel, createNamespace, type Named, type Namespace } from "./names.ts";
import type { ProblemFact } from "./problems.ts";
import type { LanguageKind } from "./stage_schema.ts";

/** An instance whose settings were not looked at yet. */
export interface ExpandedInstance<Stage> {
  readonly name: string;
  readonly section: "videos" | "stages";
  readonly stage: string;
  readonly factors: Readonly<Record<string, string>>;
  readonly kind: LanguageKind<Stage>;
  /** The settings, without `kind` and `matrix`. */
  readonly settings: MapNode;
  /** The stage's name in the file. */
  readonly key: Origin;
  /** The clip table of which this video is a row. */
  readonly table?: string;
}

/** A workflow of which every instance is known by name. */
export interface ExpandedWorkflow<Stage> {
  readonly instances: readonly ExpandedInstance<Stage>[];
  readonly namespace: Namespace;
  /** The videos of each clip table. */
  readonly tables: ReadonlyMap<string, readonly string[]>;
}

/** What expanding needs to know beside the workflow. */
export interface Expansion<Stage> {
  readonly kinds: readonly LanguageKind<Stage>[];
  readonly videoKind: LanguageKind<Stage>;
  readonly builtInModels: readonly BuiltInModel[];
  /** The workflow's own folder: all paths become relative to it. */
  readonly folder: string;
  readonly read: ReadFile;
}

/** Makes the instances of all stages and videos, in the order of the file. */
export async function expandWorkflow<Stage>(
  root: MapNode,
  expansion: Expansion<Stage>,
  collector: Collector,
): Promise<ExpandedWorkflow<Stage>> {
  const namespace = createNamespace(expansion.builtInModels, collector);
  const groups = new Map<string, readonly ScalarNode[]>();
  const instances: ExpandedInstance<Stage>[] = [];

  for (const [name, entry] of section(root, "videos")) {
    const value = forbidVariables(entry.value, collector);
    const table = entryOf(value, "from");
    if (!namespace.take(name, table === undefined ? "video" : "clip table", entry.key)) continue;
    const settings = asMap(value, `videos.${name}`, collector);
    if (settings === undefined) continue;
    if (table === undefined) {
      instances.push(videoInstance(name, entry.key, settings, expansion));
      continue;
    }
    const clips = await expandTable(settings, table.value, expansion, collector);
    const good = clips.filter(({ name: { value, origin } }) => namespace.take(value, "video", origin));
    groups.set(name, good.map(({ name }) => name));
    for (const [group, rows] of Map.groupBy(good, groupOf)) {
      if (group !== undefined) groups.set(`${name}.${group}`, rows.map(({ name }) => name));
    }
    instances.push(
      ...good.map(({ name: row, settings }) => (
        { ...videoInstance(row.value, row.origin, settings, expansion), table: name }
      )),
    );
  }
  for (const [name, { key, value }] of section(root, "models")) {
    forbidVariables(value, collector);
    namespace.take(name, "model", key);
  }
  for (const [name, entry] of section(root, "stages")) {
    if (!namespace.take(name, "stage" satisfies Named, entry.key)) continue;
    const settings = asMap(entry.value, `stages.${name}`, collector);
    if (settings !== undefined) {
      instances.push(...expandStage(name, { key: entry.key, value: settings }, groups, expansion, collector));
    }
  }
  const tables = new Map(
    groups.entries().map(([name, rows]) => [name, rows.map(({ value }) => String(value))]),
  );
  return { instances, namespace, tables };
}

function section(root: MapNode, name: string): Iterable<[string, Entry]> {
  const value = root.entries.get(name)?.value;
  return value?.kind === "map" ? value.entries : [];
}

function asMap(node: LocatedNode, subject: string, collector: Collector): MapNode | undefined {
  if (node.kind === "map") return node;
  const found = plainValue(node);
  // Somebody has given a clip's file alone.
  const example = subject.startsWith("videos.") && typeof found === "string"
    ? `{ file: ${found} }`
    : undefined;
  collector.report(node.origin, { code: "not_a_map", found, ...(example && { example }) }, subject);
  return undefined;
}

function videoInstance<Stage>(
  name: string,
  key: Origin,
  settings: MapNode,
  { videoKind, folder }: Expansion<Stage>,
): ExpandedInstance<Stage> {
  const moved = moveFiles(settings, videoKind.files, folder);
  return { name, section: "videos", stage: name, factors: {}, kind: videoKind, settings: moved, key };
}

function expandStage<Stage>(
  name: string,
  { key, value }: { readonly key: Origin; readonly value: MapNode },
  groups: ReadonlyMap<string, readonly ScalarNode[]>,
  { kinds, folder }: Expansion<Stage>,
  collector: Collector,
): readonly ExpandedInstance<Stage>[] {
  const known = kinds.map(({ name }) => name);
  const kindNode = value.entries.get("kind")?.value;
  if (kindNode === undefined) {
    collector.report(key, { code: "missing_kind", stage: name, known });
    return [];
  }
  const kind = kinds.find((kind) => kindNode.kind === "scalar" && kind.name === kindNode.value);
  if (kind === undefined) {
    const found = plainValue(kindNode);
    const fact: ProblemFact = typeof found === "string"
      ? { code: "unknown_kind", kind: found, known }
      : { code: "not_one_of", allowed: known, found };
    collector.report(kindNode.origin, fact, "kind");
    return [];
  }
  const matrix = value.entries.get("matrix")?.value;
  const variables = matrix === undefined ? [] : readMatrix(matrix, groups, collector);
  if (variables === undefined) return [];
  const settings = withoutKeys(value, ["kind", "matrix"]);
  return combinations(variables).map((combination) => {
    const factors = factorsOf(combination);
    const own = substitute(settings, combination, collector);
    if (own.kind !== "map") throw new Error("substituting in a map gave no map");
    return {
      name: instanceName(name, factors),
      section: "stages",
      stage: name,
      factors,
      kind,
      settings: moveFiles(own, kind.files, folder),
      key,
    };
  });
}
