/**
 * Reading what may not be there.
 * @module
 */
import { RunError } from "../errors.ts";

/** A file's text, or undefined when there is no such file. Throws RunError when it cannot be read. */
export async function readTextIfThere(path: string): Promise<string | undefined> {
  return await unlessAbsent(path, () => Deno.readTextFile(path));
}

/** A file's bytes, or undefined when there is no such file. Throws RunError when it cannot be read. */
export async function readBytesIfThere(path: string): Promise<Uint8Array | undefined> {
  return await unlessAbsent(path, () => Deno.readFile(path));
}

/** A file's length, or undefined when there is no such file. Throws RunError when that cannot be told. */
export async function sizeIfThere(path: string): Promise<number | undefined> {
  const found = await unlessAbsent(path, () => Deno.stat(path));
  return found?.isFile ? found.size : undefined;
}

/** What lies in a folder; nothing when there is no such folder. Throws RunError when it cannot be read. */
export async function entriesIfThere(path: string): Promise<Deno.DirEntry[]> {
  return await unlessAbsent(path, () => Array.fromAsync(Deno.readDir(path))) ?? [];
}

/** How often a network disk may say that a file was replaced while it was read. */
const staleReads = 5;

/** The result of reading, or undefined when there is nothing at that path. Throws RunError when the system refuses. */
export async function unlessAbsent<T>(
  path: string,
  read: () => Promise<T>,
  stale = 0,
): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    // The next look finds the new one.
    if (isStale(error) && stale < staleReads) return await unlessAbsent(path, read, stale + 1);
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) return undefined;
    if (!isSystemError(error)) throw error;
    throw new RunError(`cannot read ${path}: ${systemReason(error)}`, { cause: error });
  }
}

/** ESTALE, on Linux and on macOS. */
function isStale(error: unknown): boolean {
  return error instanceof Error &&
    error.message.includes(Deno.build.os === "darwin" ? "(os error 70)" : "(os error 116)");
}

/** True for what the system or Deno's permissions refuse. */
export function isSystemError(error: unknown): error is Error {
  return error instanceof Error &&
    (Object.values(Deno.errors).some((kind) => error instanceof kind) ||
      /\(os error \d+\)/.test(error.message));
}

/** The system's words without its numbers and without what Deno was doing. */
export function systemReason(error: Error): string {
  return error.message.replace(/ \(os error \d+\).*$/, "");
}
