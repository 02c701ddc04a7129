/**
 * What exists only through an option of the command line. Most often it is a misspelled name: the option was meant to
 * change something that a file defines.
 * @module
 */
import type { Collector } from "./collector.ts";
import type { ExpandedInstance } from "./expand.ts";
import { type Entry, entryOf, type MapNode, mentions, type Origin } from "./located.ts";

/** The workflow without the stages that options add and give no kind. Those are reported, if there are stages to be meant. */
export function withoutUnknownStages(root: MapNode, collector: Collector): MapNode {
  const stages = root.entries.get("stages");
  if (stages?.value.kind !== "map") return root;
  const entries = [...stages.value.entries];
  const known = entries.filter(([, { key }]) => !isOption(key)).map(([name]) => name);
  const isUnknown = ([, { key, value }]: [string, Entry]) =>
    known.length > 0 && isOption(key) && value.kind === "map" && !value.entries.has("kind");
  for (const [name, { key }] of entries.filter(isUnknown)) {
    collector.report(key, { code: "unknown_reference", name, wants: "stage", known });
  }
  const left = new Map(entries.filter((entry) => !isUnknown(entry)));
  const changed = { ...stages, value: { ...stages.value, entries: left } };
  return { ...root, entries: new Map([...root.entries, ["stages", changed]]) };
}

/** The instances without the videos that options add and no stage names. Those are reported. */
export function withoutUnusedVideos<Stage>(
  instances: readonly ExpandedInstance<Stage>[],
  root: MapNode,
  collector: Collector,
): readonly ExpandedInstance<Stage>[] {
  const stages = entryOf(root, "stages")?.value;
  const videos = instances.filter(({ section }) => section === "videos");
  const known = videos.filter(({ key }) => !isOption(key)).map(({ name }) => name);
  const unused = videos.filter(({ name, key }) =>
    isOption(key) && (stages === undefined || !mentions(stages, (word) => word === name))
  );
  for (const { name, key } of unused) collector.report(key, { code: "unused_video", name, known });
  return instances.filter((instance) => !unused.includes(instance));
}

function isOption(origin: Origin): boolean {
  return "option" in origin;
}
