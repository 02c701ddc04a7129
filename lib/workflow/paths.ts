/**
 * File paths in workflows: relative to the file that they stand in, whichever file extends it.
 * @module
 */
import { dirname, isAbsolute, join, relative, sep } from "node:path";
import type { Entry, MapNode, Origin } from "./located.ts";

/** A path as it stands in a file, or in an option, where it is relative to the working folder. */
export function pathFrom(path: string, origin: Origin): string {
  if (isAbsolute(path) || "option" in origin) return path;
  return join(dirname(origin.source.path), path);
}

/** The same path, seen from another folder; with slashes on every system. */
export function relativeTo(folder: string, path: string): string {
  return isAbsolute(path) ? path : relative(folder, path).split(sep).join("/");
}

/** A path that was made relative to a folder, as it stands where it came from. */
export function pathAsWritten(path: string, origin: Origin, folder: string): string {
  if (isAbsolute(path)) return path;
  return relativeTo("option" in origin ? "." : dirname(origin.source.path), join(folder, path));
}

/** True for what is on the network: "https://example.org/clip.mp4". */
export function isAddress(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(text);
}

/** False for what is refused later as it stands: nothing, and an address. */
function isPath(text: string): boolean {
  return text !== "" && !isAddress(text);
}

/** A map in which the paths of some keys are relative to a folder. */
export function moveFiles(
  settings: MapNode,
  files: readonly string[],
  folder: string,
  isFile: (value: string) => boolean = () => true,
): MapNode {
  const entries = settings.entries.entries().map(([name, entry]): [string, Entry] => {
    const { value } = entry;
    if (
      !files.includes(name) || value.kind !== "scalar" || typeof value.value !== "string" ||
      !isPath(value.value) || !isFile(value.value) || value.reported
    ) {
      return [name, entry];
    }
    const moved = relativeTo(folder, pathFrom(value.value, value.origin));
    return [name, { ...entry, value: { ...value, value: moved } }];
  });
  return { ...settings, entries: new Map(entries) };
}
