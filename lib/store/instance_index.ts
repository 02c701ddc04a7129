/**
 * `runs/<workflow>/instances.json`: which key each instance's name has and had. It is only an index: when it is damaged it counts as empty.
 * @module
 */
import { z } from "zod";
import { durableWrite } from "./durable_write.ts";
import { readTextIfThere } from "./presence.ts";

const entrySchema = z.object({
  key: z.string(),
  /** The key before the last change of its settings. */
  before: z.string().optional(),
  /** What its playable files were made from. */
  encoded: z.string().optional(),
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
  const text = await readTextIfThere(path);
  if (text === undefined) return undefined;
  try {
    return indexSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** Throws RunError when it cannot be written. */
export async function writeInstanceIndex(path: string, index: InstanceIndex): Promise<void> {
  await durableWrite(path, JSON.stringify(index, undefined, 2) + "\n");
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

/** What views were made from. */
export interface MadeViews {
  /** The contact sheet. */
  readonly contactSheet?: string;
  /** An instance's playable files. */
  readonly encoded?: { readonly instance: string; readonly digest: string };
}

/** Notes what views were made from. Only for who holds the lock of the workflow's views, for the index is read and written again. */
export async function rememberViews(path: string, { contactSheet, encoded }: MadeViews): Promise<void> {
  const index = await readInstanceIndex(path);
  if (index === undefined) return;
  const entries = Object.entries(index.instances).map(([name, entry]) =>
    [name, name === encoded?.instance ? { ...entry, encoded: encoded.digest } : entry] as const
  );
  await writeInstanceIndex(path, {
    ...index,
    instances: Object.fromEntries(entries),
    ...(contactSheet !== undefined && { contact_sheet: contactSheet }),
  });
}
