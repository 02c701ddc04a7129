/**
 * Room on the disk.
 * @module
 */
import { statfs } from "node:fs/promises";
import { dirname } from "node:path";
import { isSystemError } from "./presence.ts";

/** Bytes that may still be written under a folder, which need not be there yet; undefined where the system does not tell. */
export async function freeBytes(folder: string): Promise<number | undefined> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch (error) {
    const above = dirname(folder);
    if (isAbsent(error) && above !== folder) return await freeBytes(above);
    if (isAbsent(error) || isSystemError(error)) return undefined;
    throw error;
  }
}

function isAbsent(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}
