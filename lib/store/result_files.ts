/**
 * The files of an instance that makes a table instead of frames.
 * @module
 */
import { join } from "node:path";
import { sha256OfBytes } from "./checksum.ts";
import { durableWrite } from "./durable_write.ts";
import { readBytesIfThere, unlessAbsent } from "./presence.ts";

/** What a finished table consists of: all its numbers, and what they come to. */
export const tableFiles = ["table.csv", "summary.json"] as const;

/** What a kind may write beside them: numbers that do not fit into the table's columns. */
export const furtherFiles = ["spectra.csv"] as const;

/** One of either. */
export type TableFile = (typeof tableFiles)[number] | (typeof furtherFiles)[number];

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
  for (const file of [...tableFiles, ...furtherFiles]) {
    await unlessAbsent(join(folder, file), () => Deno.remove(join(folder, file)));
  }
}

/** All that are there with their digests; undefined when the table is not finished. */
export async function findTableFiles(folder: string): Promise<readonly ResultFile[] | undefined> {
  const found: ResultFile[] = [];
  const needed: readonly TableFile[] = tableFiles;
  for (const path of [...tableFiles, ...furtherFiles]) {
    const bytes = await readBytesIfThere(join(folder, path));
    if (bytes === undefined && needed.includes(path)) return undefined;
    if (bytes === undefined) continue;
    found.push({ path, bytes: bytes.length, sha256: sha256OfBytes(bytes) });
  }
  return found;
}
