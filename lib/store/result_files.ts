/**
 * The files of an instance that makes a table instead of frames.
 * @module
 */
import { join } from "node:path";
import { sha256OfBytes, sha256OfFile } from "./checksum.ts";
import { durableWrite } from "./durable_write.ts";
import { entriesIfThere, readBytesIfThere, unlessAbsent } from "./presence.ts";

/** What a finished table consists of: all its numbers, and what they come to. */
export const tableFiles = ["table.csv", "summary.json"] as const;

/** One of them. */
export type TableFile = (typeof tableFiles)[number];

/** The folder of what does not fit into a table: arrays, and the list of them. */
export const arraysFolder = "arrays";

/** A file as a manifest lists it. */
export interface ResultFile {
  /** Inside the instance's folder. */
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** Writes one of them durably. Throws RunError when the disk is full or the folder cannot be written. */
export async function writeTableFile(folder: string, file: TableFile, text: string): Promise<void> {
  await durableWrite(join(folder, file), text);
}

/** Removes them, so that what is there afterwards was made afterwards. */
export async function removeTableFiles(folder: string): Promise<void> {
  for (const file of tableFiles) {
    await unlessAbsent(join(folder, file), () => Deno.remove(join(folder, file)));
  }
}

/** The arrays beside a table, with their digests. */
async function findArrays(folder: string): Promise<readonly ResultFile[]> {
  const names = (await entriesIfThere(join(folder, arraysFolder))).map(({ name }) => name).sort();
  return await Promise.all(names.map(async (name) => {
    const path = join(folder, arraysFolder, name);
    const [{ size: bytes }, sha256] = [await Deno.stat(path), await sha256OfFile(path)];
    return { path: `${arraysFolder}/${name}`, bytes, sha256 };
  }));
}

/** All of them with their digests; undefined when one is not there. */
export async function findTableFiles(folder: string): Promise<readonly ResultFile[] | undefined> {
  const found: ResultFile[] = [];
  for (const path of tableFiles) {
    const bytes = await readBytesIfThere(join(folder, path));
    if (bytes === undefined) return undefined;
    found.push({ path, bytes: bytes.length, sha256: sha256OfBytes(bytes) });
  }
  found.push(...await findArrays(folder));
  return found;
}
