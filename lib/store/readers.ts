/**
 * Which finished instances have read another one.
 * @module
 */
import { instancePaths, storeFolder } from "./layout.ts";
import { readManifest } from "./manifest.ts";
import { entriesIfThere } from "./presence.ts";
import { remakeAskedBy } from "./remake.ts";

/** A finished instance, whatever workflow it is of. */
export interface Reader {
  /** As the workflow named it that made it. */
  readonly name: string;
  readonly key: string;
}

/** Those in the store that have read this one and are not to be made again themselves, by their names. */
export async function finishedReadersOf(runs: string, key: string): Promise<readonly Reader[]> {
  const found: Reader[] = [];
  for (const { name: folder, isDirectory } of await entriesIfThere(storeFolder(runs))) {
    if (!isDirectory) continue;
    const paths = instancePaths(runs, folder);
    const manifest = await readManifest(paths.manifest);
    if (manifest === undefined || !manifest.inputs.some((input) => input.key === key)) continue;
    if ((await remakeAskedBy(paths)).length > 0) continue;
    found.push({ name: manifest.stage.instance, key: folder });
  }
  return found.sort((a, b) => a.name < b.name ? -1 : 1);
}
