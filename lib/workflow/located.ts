/**
 * The values of a workflow, each with the place that it came from.
 * @module
 */
import { positionAt, type SourceText } from "./source.ts";
import type { SettingPath } from "./stage_schema.ts";

/** Where a value stands: a range of a file, or an option of the command line such as `--set stages.metamer.seed=2`. */
export type Origin =
  | { readonly source: SourceText; readonly start: number; readonly end: number }
  | { readonly option: string };

/** A map. `fresh` is true when, as a layer, it stands for a whole value instead of being merged into an earlier map. */
export interface MapNode {
  readonly kind: "map";
  readonly origin: Origin;
  readonly entries: ReadonlyMap<string, Entry>;
  readonly fresh?: boolean;
}

/** A key and its value. */
export interface Entry {
  readonly key: Origin;
  readonly value: LocatedNode;
}

/** A list. */
export interface ListNode {
  readonly kind: "list";
  readonly origin: Origin;
  readonly items: readonly LocatedNode[];
}

/** A word, a number, true, false or nothing. */
export interface ScalarNode {
  readonly kind: "scalar";
  readonly origin: Origin;
  /** True when a problem with it is reported already, so that it need not be what is wanted. */
  readonly reported?: boolean;
  readonly value: string | number | boolean | null;
}

/** Any value. */
export type LocatedNode = MapNode | ListNode | ScalarNode;

/** `workflows/metamer.yaml:14:22`, or the option. */
export function describeOrigin(origin: Origin): string {
  if ("option" in origin) return origin.option;
  const { line, column } = positionAt(origin.source, origin.start);
  return `${origin.source.path}:${line}:${column}`;
}

/** The value without its places. */
export function plainValue(node: LocatedNode): unknown {
  switch (node.kind) {
    case "scalar":
      return node.value;
    case "list":
      return node.items.map(plainValue);
    case "map":
      return Object.fromEntries(node.entries.entries().map(([key, { value }]) => [key, plainValue(value)]));
  }
}

/** True for `null`, which removes. */
export function isNothing(node: LocatedNode): boolean {
  return node.kind === "scalar" && node.value === null;
}

/** True for a value whose problem is reported already. */
export function isReported(node: LocatedNode): boolean {
  return node.kind === "scalar" && node.reported === true;
}

/** The entry of a map, or undefined for anything else. */
export function entryOf(node: LocatedNode | undefined, key: string): Entry | undefined {
  return node?.kind === "map" ? node.entries.get(key) : undefined;
}

/** True when such a text stands somewhere as a value: also in stages that have problems, of which references are not known. */
export function mentions(node: LocatedNode, isMeant: (text: string) => boolean): boolean {
  switch (node.kind) {
    case "scalar":
      return typeof node.value === "string" && isMeant(node.value);
    case "list":
      return node.items.some((item) => mentions(item, isMeant));
    case "map":
      return node.entries.values().some(({ value }) => mentions(value, isMeant));
  }
}

/** The same map without some of its keys. */
export function withoutKeys(node: MapNode, keys: readonly string[]): MapNode {
  return { ...node, entries: new Map(node.entries.entries().filter(([key]) => !keys.includes(key))) };
}

/** Where a path led to in a tree. */
export interface Found {
  readonly node: LocatedNode;
  /** The key under which the node stands; the node's own place for an item of a list. */
  readonly key: Origin;
  /** The part of the path that exists. */
  readonly path: SettingPath;
}

/**
 * Follows a path of complete settings through what stands in the YAML, where shorthands may leave parts of it out:
 * a part that is not there is skipped, and in a list a word finds the item of that value.
 */
export function follow(root: LocatedNode, key: Origin, path: SettingPath): Found {
  let found: Found = { node: root, key, path: [] };
  for (const part of path) {
    const next = child(found.node, part);
    if (next !== undefined) found = { ...next, path: [...found.path, part] };
  }
  return found;
}

function child(node: LocatedNode, part: string | number): Omit<Found, "path"> | undefined {
  switch (node.kind) {
    case "map": {
      const entry = node.entries.get(String(part));
      return entry && { node: entry.value, key: entry.key };
    }
    case "list": {
      const item = typeof part === "number"
        ? node.items[part]
        : node.items.find((item) => item.kind === "scalar" && item.value === part);
      return item && { node: item, key: item.origin };
    }
    case "scalar":
      return undefined;
  }
}

/** The place to point at for something that is wrong with a value as a whole: the value of a scalar, the key of the rest. */
export function pointAt({ node, key }: Pick<Found, "node" | "key">): Origin {
  return node.kind === "scalar" ? node.origin : key;
}

/** `octaves.steps[1].learning_rate` */
export function formatPath(path: SettingPath): string {
  return path.reduce<string>(
    (text, part) => typeof part === "number" ? `${text}[${part}]` : text === "" ? part : `${text}.${part}`,
    "",
  );
}
