/**
 * What is left of settings without the parts that have problems. It is never run: it is there so that the names in a stage
 * with other problems are looked up, too, and all problems are reported at once.
 * @module
 */
import { createCollector } from "./collector.ts";
import type { ExpandedInstance } from "./expand.ts";
import { reportIssues } from "./issues.ts";
import { type Entry, type LocatedNode, type MapNode, plainValue } from "./located.ts";
import type { SettingPath } from "./stage_schema.ts";

/** The largest part that the kind can read, and what was read. Undefined when nothing is left. */
export function soundPart<Stage>(
  { settings, key, stage: name, kind }: ExpandedInstance<Stage>,
  problems: readonly SettingPath[],
): { readonly settings: MapNode; readonly stage: Stage } | undefined {
  let part = withoutPlaces(settings, problems);
  while (part?.kind === "map") {
    const configured = kind.configure(plainValue(part));
    if ("stage" in configured) return { settings: part, stage: configured.stage };
    // What is wrong only because something was taken away is no problem of the user's.
    part = withoutPlaces(
      part,
      reportIssues(configured.issues, { node: part, key, name }, createCollector()),
    );
  }
  return undefined;
}

/** Takes away what stands at some paths; of a path that leads nowhere, the last place that exists. */
export function withoutPlaces(node: LocatedNode, paths: readonly SettingPath[]): LocatedNode | undefined {
  const below = (part: string | number) =>
    paths.flatMap(([first, ...rest]) => String(first) === String(part) ? [rest] : []);
  if (paths.some(([part]) => part === undefined || !hasChild(node, part))) return undefined;
  switch (node.kind) {
    case "scalar":
      return node;
    case "list":
      return { ...node, items: node.items.flatMap((item, index) => withoutPlaces(item, below(index)) ?? []) };
    case "map": {
      const entries = [...node.entries].flatMap(([name, { key, value }]): [string, Entry][] => {
        const left = withoutPlaces(value, below(name));
        return left === undefined ? [] : [[name, { key, value: left }]];
      });
      return { ...node, entries: new Map(entries) };
    }
  }
}

function hasChild(node: LocatedNode, part: string | number): boolean {
  switch (node.kind) {
    case "scalar":
      return false;
    case "list":
      return node.items[Number(part)] !== undefined;
    case "map":
      return node.entries.has(String(part));
  }
}
