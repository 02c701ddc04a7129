/**
 * Options of the command line that change the workflow, each as one more layer: `--set path=value`.
 * @module
 */
import type { Collector } from "./collector.ts";
import { parseYaml } from "./document.ts";
import { type Entry, isNothing, type LocatedNode, type MapNode, type Origin } from "./located.ts";
import { mergeNodes } from "./merge.ts";

/** Lays `path=value` over a workflow; the value is YAML. The workflow as it was when the option is wrong. */
export function applySet(root: MapNode, assignment: string, collector: Collector): MapNode {
  const option = `--set ${assignment}`;
  const origin: Origin = { option };
  const equals = assignment.indexOf("=");
  if (equals < 0) {
    collector.report(origin, { code: "option_without_value", option });
    return root;
  }
  const path = assignment.slice(0, equals).trim().split(".");
  if (path.some((part) => part === "")) {
    collector.report(origin, { code: "option_path", option });
    return root;
  }
  if (path.includes("__proto__")) {
    collector.report(origin, { code: "bad_name", name: "__proto__" });
    return root;
  }
  if (path[0] === "extends") {
    collector.report(origin, { code: "option_extends" });
    return root;
  }
  const value = parseYaml(assignment.slice(equals + 1), () => origin, collector);
  if (value === undefined) return root;
  if (isNothing(value)) checkRemoval(root, path, origin, collector);
  return applyAt(root, path, value, origin, collector);
}

/** What an option removes must be there: most often another name was meant. Settings may be removed that are not there. */
function checkRemoval(
  root: MapNode,
  [section = "", name, ...inside]: readonly string[],
  origin: Origin,
  collector: Collector,
): void {
  const wants = sectionEntries[section];
  if (wants === undefined || name === undefined || inside.length > 0) return;
  const value = root.entries.get(section)?.value;
  const known = value?.kind === "map" ? [...value.entries.keys()] : [];
  if (!known.includes(name)) collector.report(origin, { code: "unknown_reference", name, wants, known });
}

/** What an entry of a section is. */
const sectionEntries: Readonly<Record<string, "video" | "stage" | "model">> = {
  videos: "video",
  stages: "stage",
  models: "model",
};

/** Lays a value over a workflow at a path, as an option would. */
export function applyAt(
  root: MapNode,
  path: readonly string[],
  value: LocatedNode,
  origin: Origin,
  collector: Collector,
): MapNode {
  const set = (below: LocatedNode | undefined, depth: number): LocatedNode | undefined => {
    const part = path[depth];
    if (part === undefined) return mergeNodes(below, value, path);
    if (below === undefined || below.kind === "map") return setEntry(below, part, depth);
    const at = path.slice(0, depth).join(".");
    if (below.kind === "scalar") {
      if (below.value === null) return setEntry(undefined, part, depth);
      collector.report(origin, { code: "option_into_value", key: part, path: at, found: below.value });
      return undefined;
    }
    const item = /^\d+$/.test(part) ? below.items[Number(part)] : undefined;
    if (item === undefined) {
      collector.report(origin, { code: "option_index", index: part, path: at, length: below.items.length });
      return undefined;
    }
    const changed = set(item, depth + 1);
    return changed && { ...below, items: below.items.with(Number(part), changed) };
  };

  const setEntry = (below: MapNode | undefined, part: string, depth: number): LocatedNode | undefined => {
    const changed = set(below?.entries.get(part)?.value, depth + 1);
    if (changed === undefined) return undefined;
    const key = changed.kind === "map" ? below?.entries.get(part)?.key ?? origin : origin;
    const entries = new Map<string, Entry>([[part, { key, value: changed }]]);
    const layer: MapNode = { kind: "map", origin, entries };
    return below === undefined
      ? layer
      : mergeNodes(below, { ...layer, entries: freshened(entries) }, path.slice(0, depth));
  };

  const changed = set(root, 0);
  return changed?.kind === "map" ? changed : root;
}

/** The values are merged already: as a layer they replace what is there. */
function freshened(entries: ReadonlyMap<string, Entry>): ReadonlyMap<string, Entry> {
  return new Map(
    entries.entries().map(([key, { key: origin, value }]) => [
      key,
      { key: origin, value: value.kind === "map" ? { ...value, fresh: true } : value },
    ]),
  );
}
