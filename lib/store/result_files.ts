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

/** One of them. */
export type TableFile = (typeof tableFiles)[number];

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

/** All of them with their digests; undefined when one is not there. */
export async function findTableFiles(folder: string): Promise<readonly ResultFile[] | undefined> {
  const found: ResultFile[] = [];
  for (const path of tableFiles) {
    const bytes = await readBytesIfThere(join(folder, path));
    if (bytes === undefined) return undefined;
    found.push({ path, bytes: bytes.length, sha256: sha256OfBytes(bytes) });
  }
  return found;
}
