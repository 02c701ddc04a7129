/**
 * The videos of a clip table: `from: clips.csv`.
 * @module
 */
import { type Clip, readClipTable } from "./clip_table.ts";
import type { Collector } from "./collector.ts";
import { readSource } from "./layers.ts";
import { type LocatedNode, type MapNode, plainValue, withoutKeys } from "./located.ts";
import { moveFiles, pathFrom } from "./paths.ts";
import type { ReadFile } from "./read_text.ts";

/** No clip table that somebody has made is longer, in bytes. */
const longestTable = 4 << 20;

/** One row. */
export interface TableVideo {
  readonly name: Clip["name"];
  readonly settings: MapNode;
}

/**
 * One video per row: what the row says, over what the entry says of all of them.
 * @param from the table's path, relative to the workflow that names it
 */
export async function expandTable(
  settings: MapNode,
  from: LocatedNode,
  { folder, read }: { readonly folder: string; readonly read: ReadFile },
  collector: Collector,
): Promise<readonly TableVideo[]> {
  if (from.kind !== "scalar" || typeof from.value !== "string" || from.value === "") {
    collector.report(
      from.origin,
      { code: "wrong_type", expected: "string", found: plainValue(from) },
      "from",
    );
    return [];
  }
  const origins = ["file", "files", "generate"].filter((key) => settings.entries.has(key));
  if (origins.length > 0) {
    const found = [...origins, "from"];
    const keys = ["file", "files", "from", "generate"];
    collector.report(from.origin, { code: "exactly_one", keys, found }, "a video");
    return [];
  }
  const source = await readSource(
    pathFrom(from.value, from.origin),
    from.origin,
    { read, mostBytes: longestTable },
    collector,
  );
  if (source === undefined) return [];
  const common = moveFiles(withoutKeys(settings, ["from"]), [], folder);
  return readClipTable(source, collector).map(({ name, entries }) => (
    { name, settings: { ...common, entries: new Map([...common.entries, ...entries]) } }
  ));
}

/** The group that the table puts a row into; undefined when it says none. */
export function groupOf({ settings }: TableVideo): string | undefined {
  const group = settings.entries.get("group")?.value;
  return group?.kind === "scalar" && group.value !== null ? String(group.value) : undefined;
}
