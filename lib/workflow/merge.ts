/**
 * Phase 3: layers become one. Maps are merged by key, lists and scalars are replaced, `null` removes.
 * Merging is associative: a removal stays in the result until `finishLayers`, and a map that replaced something else
 * is marked `fresh`, so that it replaces what lies below it, too.
 * @module
 */
import { type Entry, isNothing, type LocatedNode, type MapNode, type Origin } from "./located.ts";

/** Where a video comes from: of these keys a later layer's replaces an earlier layer's. */
export const videoOrigins: readonly string[] = ["file", "files", "from", "generate"];

/** Lays one layer over another. */
export function mergeLayers(below: MapNode, above: MapNode): MapNode {
  return mergeMaps(below, above, []);
}

/** Lays a value over another at a path of the workflow. */
export function mergeNodes(
  below: LocatedNode | undefined,
  above: LocatedNode,
  path: readonly string[],
): LocatedNode {
  if (above.kind !== "map" || below === undefined) return above;
  if (below.kind !== "map" || above.fresh === true) return { ...above, fresh: true };
  return mergeMaps(below, above, path);
}

function mergeMaps(below: MapNode, above: MapNode, path: readonly string[]): MapNode {
  const isVideo = path.length === 2 && path[0] === "videos";
  const origins = isVideo ? videoOrigins.filter((key) => isGiven(above.entries.get(key))) : [];
  const replaced = origins.length > 0 &&
    videoOrigins.some((key) => !origins.includes(key) && isGiven(below.entries.get(key)));
  const entries = new Map<string, Entry>();
  for (const [key, entry] of below.entries) {
    if (origins.length === 0 || origins.includes(key) || !videoOrigins.includes(key)) entries.set(key, entry);
    else entries.set(key, removal(entry, above.origin));
  }
  for (const [key, entry] of above.entries) {
    const earlier = below.entries.get(key);
    const merged = mergeNodes(earlier?.value, entry.value, [...path, key]);
    const value = replaced && origins.includes(key) ? alone(merged) : merged;
    entries.set(key, { key: earlier !== undefined && value.kind === "map" ? earlier.key : entry.key, value });
  }
  return { ...below, entries };
}

function alone(node: LocatedNode): LocatedNode {
  return node.kind === "map" ? { ...node, fresh: true } : node;
}

function isGiven(entry: Entry | undefined): boolean {
  return entry !== undefined && !isNothing(entry.value);
}

function removal({ key }: Entry, origin: Origin): Entry {
  return { key, value: { kind: "scalar", origin, value: null } };
}

/** The names that layers removed from `videos`, `models` and `stages`, and where. */
export type Removed = ReadonlyMap<string, Origin>;

/** Carries out the removals, and tells which names they took away. */
export function finishLayers(layers: MapNode): { readonly root: MapNode; readonly removed: Removed } {
  const removed = new Map<string, Origin>();
  for (const section of ["videos", "models", "stages"]) {
    const value = layers.entries.get(section)?.value;
    if (value?.kind !== "map") continue;
    for (const [name, entry] of value.entries) {
      if (isNothing(entry.value)) removed.set(name, entry.key);
    }
  }
  return { root: withoutNothing(layers), removed };
}

function withoutNothing(map: MapNode): MapNode {
  const entries = new Map<string, Entry>();
  for (const [key, { key: origin, value }] of map.entries) {
    if (isNothing(value)) continue;
    entries.set(key, { key: origin, value: value.kind === "map" ? withoutNothing(value) : value });
  }
  return { kind: "map", origin: map.origin, entries };
}
