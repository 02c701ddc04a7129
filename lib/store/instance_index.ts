/**
 * `runs/<workflow>/instances.json`: which key each instance's name has and had. It is only an index: a run writes it anew when it is damaged.
 * @module
 */
import { z } from "zod";
import { type CheckedContent, readChecked, writeChecked } from "./checked_json.ts";
import type { WorkflowPaths } from "./layout.ts";
import { type LockHolder, waitForLock } from "./lock.ts";
import { linkedKey } from "./stage_links.ts";

const entrySchema = z.object({
  key: z.string(),
  /** The key before the last change of its settings. */
  before: z.string().optional(),
  /** How many frames the last run wanted of it; absent where it makes none. */
  frames: z.int().optional(),
});

const indexSchema = z.object({
  v: z.literal(1),
  /** The workflow file, relative to the runs folder, so that both may be moved together. */
  file: z.string(),
  instances: z.record(z.string(), entrySchema),
  /** What the contact sheet was made from. */
  contact_sheet: z.string().optional(),
});

/** What is known of one instance's name. */
export type IndexEntry = z.infer<typeof entrySchema>;

/** The whole index. */
export type InstanceIndex = z.infer<typeof indexSchema>;

/** The index, or undefined when there is none that can be read. */
export async function readInstanceIndex(path: string): Promise<InstanceIndex | undefined> {
  return (await findInstanceIndex(path))?.content;
}

/** The index, or what is wrong with it; undefined when there is none. */
export async function findInstanceIndex(path: string): Promise<CheckedContent<InstanceIndex> | undefined> {
  return await readChecked(path, indexSchema, { unsealed: "accepted" });
}

/**
 * What is known of the instances of a workflow: its index, or where that is missing or damaged, their keys as the links under
 * `stages/` tell them.
 * @param names of instances that it may have
 */
export async function knownInstances(
  { instances, stages }: WorkflowPaths,
  names: readonly string[],
): Promise<InstanceIndex["instances"]> {
  const index = await readInstanceIndex(instances);
  if (index !== undefined) return index.instances;
  const linked = await Promise.all(names.map(async (name) => {
    const key = await linkedKey(stages, name);
    return key === undefined ? [] : [[name, { key }] as const];
  }));
  return Object.fromEntries(linked.flat());
}

/** Only for the holder of its lock. Throws RunError when it cannot be written. */
export async function writeInstanceIndex(path: string, index: InstanceIndex): Promise<void> {
  await writeChecked(path, index);
}

/** An instance's entry when it has this key now, and so many frames are wanted of it. */
export function entryOfRun(
  last: IndexEntry | undefined,
  { key, frames }: { readonly key: string; readonly frames?: number },
): IndexEntry {
  const { frames: _, ...known } = last ?? {};
  const wanted = { key, ...(frames !== undefined && { frames }) };
  if (last === undefined || last.key === key) return { ...known, ...wanted };
  return { ...known, ...wanted, before: last.key };
}

/** Notes what the contact sheet was made from; waits for who else is writing the index. */
export async function rememberContactSheet(
  { instances: path, instancesLock }: WorkflowPaths,
  digest: string,
  me: LockHolder,
): Promise<void> {
  await using _lock = await waitForLock(instancesLock, me);
  const index = await readInstanceIndex(path);
  if (index !== undefined) await writeInstanceIndex(path, { ...index, contact_sheet: digest });
}
