/**
 * Which instances of the store some workflow names.
 * @module
 */
import { basename, join } from "node:path";
import { RunError } from "../errors.ts";
import { type InstanceIndex, readInstanceIndex } from "./instance_index.ts";
import { storeFolder, workflowPaths } from "./layout.ts";
import { entriesIfThere, sizeIfThere } from "./presence.ts";

/** A workflow that has results here, by the name of its folder. */
export interface NamingWorkflow {
  readonly name: string;
  readonly index: InstanceIndex;
  /** Of its instances, as they are now, by its index and its links. */
  readonly keys: ReadonlySet<string>;
}

/**
 * The workflows that have folders beside the store. Throws RunError when one cannot be read: then nobody knows what it needs.
 */
export async function findNamingWorkflows(runs: string): Promise<readonly NamingWorkflow[]> {
  const found: NamingWorkflow[] = [];
  for (const { name, isDirectory } of await entriesIfThere(runs)) {
    if (!isDirectory || join(runs, name) === storeFolder(runs)) continue;
    const paths = workflowPaths(runs, name);
    const index = await readInstanceIndex(paths.instances);
    if (index !== undefined) {
      const named = Object.values(index.instances).map(({ key }) => key);
      found.push({ name, index, keys: new Set([...named, ...await linkedKeys(paths.stages)]) });
    } else if (await isWorkflow(runs, name)) {
      throw new RunError(
        `${paths.instances} is missing or damaged, so that nobody knows which results ${name} needs; ` +
          `run that workflow again, or remove ${paths.folder}`,
      );
    }
  }
  return found;
}

async function isWorkflow(runs: string, name: string): Promise<boolean> {
  const { workflow, instances, stages } = workflowPaths(runs, name);
  const sizes = await Promise.all([workflow, instances].map(sizeIfThere));
  return sizes.some((size) => size !== undefined) || (await entriesIfThere(stages)).length > 0;
}

/** What links below a folder point at, be it there or not. */
async function linkedKeys(folder: string): Promise<readonly string[]> {
  const keys: string[] = [];
  for (const { name, isSymlink, isDirectory } of await entriesIfThere(folder)) {
    const path = join(folder, name);
    if (isSymlink) keys.push(basename(await Deno.readLink(path)));
    else if (isDirectory) keys.push(...await linkedKeys(path));
  }
  return keys;
}
