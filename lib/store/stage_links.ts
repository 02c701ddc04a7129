/**
 * `runs/<workflow>/stages/`: links by which people find the instances of a workflow in the store.
 * @module
 */
import { dirname, join, relative, resolve } from "node:path";
import { makeFolder } from "./durable_write.ts";
import { instanceFolderName, instancePaths } from "./layout.ts";
import { entriesIfThere } from "./presence.ts";

/** Links `<stage>` (or `<stage>/<factors>`) to the store; links of earlier runs go away, a user's own files stay. */
export async function linkStages(
  runs: string,
  folder: string,
  keys: Readonly<Record<string, string>>,
): Promise<void> {
  await removeLinks(folder);
  for (const [name, key] of Object.entries(keys)) {
    const link = join(folder, instanceFolderName(name));
    const target = instancePaths(runs, key).folder;
    await makeFolder(target);
    await makeFolder(dirname(link));
    const isWindows = Deno.build.os === "windows";
    const to = isWindows ? resolve(target) : relative(resolve(dirname(link)), resolve(target));
    await Deno.symlink(to, link, { type: isWindows ? "junction" : "dir" }).catch(unlessThere);
  }
}

/** Removes links, and the folders that are empty then; returns whether this one is gone. */
async function removeLinks(folder: string): Promise<boolean> {
  let empty = true;
  for (const entry of await entriesIfThere(folder)) {
    const path = join(folder, entry.name);
    if (entry.isSymlink) await Deno.remove(path).catch(unlessGone);
    else if (!entry.isDirectory || !await removeLinks(path)) empty = false;
  }
  if (empty) await Deno.remove(folder).catch(unlessGone);
  return empty;
}

// Another process may be making the same links at the same time.
function unlessThere(error: unknown): void {
  if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
}

function unlessGone(error: unknown): void {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
}
