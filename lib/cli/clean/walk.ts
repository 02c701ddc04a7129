/**
 * What lies below a folder.
 * @module
 */
import { join } from "node:path";
import { entriesIfThere, unlessAbsent } from "../../store/presence.ts";

/** A file, or a folder that was asked for by its name. */
export interface Found {
  readonly path: string;
  readonly bytes: number;
  /** When it, or something in it, was changed last: milliseconds since 1970. */
  readonly changed: number;
}

/**
 * All files below a folder, those behind links left out.
 * @param isWanted by whose name files are taken, and folders as a whole; left out: all files
 */
export async function walk(folder: string, isWanted?: (name: string) => boolean): Promise<readonly Found[]> {
  const found: Found[] = [];
  for (const { name, isDirectory, isSymlink } of await entriesIfThere(folder)) {
    const path = join(folder, name);
    const taken = isWanted === undefined || isWanted(name);
    if (isDirectory) {
      if (isWanted !== undefined && taken) found.push(await wholeFolder(path));
      else found.push(...await walk(path, isWanted));
    } else if (taken && (!isSymlink || isWanted !== undefined)) {
      const info = await unlessAbsent(path, () => Deno.lstat(path));
      if (info !== undefined) found.push({ path, bytes: info.size, changed: info.mtime?.getTime() ?? 0 });
    }
  }
  return found;
}

/** A folder with all that is in it. */
export async function wholeFolder(path: string): Promise<Found> {
  const files = await walk(path);
  const info = await unlessAbsent(path, () => Deno.lstat(path));
  return {
    path,
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    changed: Math.max(info?.mtime?.getTime() ?? 0, ...files.map(({ changed }) => changed)),
  };
}
