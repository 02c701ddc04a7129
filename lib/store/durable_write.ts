/**
 * Files that are either whole or not there, whatever happens to the process or the machine in between.
 * @module
 */
import { dirname, join } from "node:path";
import { RunError } from "../errors.ts";
import { entriesIfThere, systemReason, unlessAbsent } from "./presence.ts";

/** Also of claims to a lock. */
const leftover = /\.(tmp-\d+(-[0-9a-f]+)?|turn-\d+)$/;

/** True for the name of something that was to be moved to its place. */
export function isLeftover(name: string): boolean {
  return leftover.test(name);
}

/** Where a file is written before it is moved to its place: no other writer, process or worker, takes the same path. */
export function temporaryPath(path: string): string {
  // The workers of a process share its number, and would share no counter.
  return `${path}.tmp-${Deno.pid}-${crypto.randomUUID().slice(0, 8)}`;
}

/**
 * Writes a file beside its place, then moves it there. Resolves when bytes and name are on the disk.
 * Throws RunError when the folder cannot be written or the disk is full; then all is as it was.
 * @param keepAs where the file goes that is at `path` before; nowhere when it is left out
 */
export async function durableWrite(
  path: string,
  content: Uint8Array | string,
  { keepAs }: { readonly keepAs?: string } = {},
): Promise<void> {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  const aside = temporaryPath(path);
  try {
    await writeAndSync(aside, bytes);
    if (keepAs !== undefined) await unlessAbsent(path, () => Deno.rename(path, keepAs));
    await Deno.rename(aside, path);
    await syncFolder(dirname(path));
  } catch (error) {
    await Deno.remove(aside).catch(() => undefined);
    throw cannotWrite(path, error);
  }
}

/** Creates a folder and those above it. Throws RunError when that is not allowed. */
export async function makeFolder(path: string): Promise<void> {
  try {
    await Deno.mkdir(path, { recursive: true });
  } catch (error) {
    throw cannotWrite(path, error);
  }
}

/**
 * Removes what writers that died have left in a folder. Only for the one who may write there.
 * @param of the file that they were writing; left out: any
 */
export async function removeLeftovers(folder: string, of = ""): Promise<void> {
  for (const { name, isDirectory } of await entriesIfThere(folder)) {
    const isOne = isLeftover(name) && (of === "" || name.replace(leftover, "") === of);
    // A claim to a lock goes when its owner has seen that it came too late.
    if (isOne && !isDirectory) await unlessAbsent(join(folder, name), () => Deno.remove(join(folder, name)));
  }
}

/**
 * The error for a file that cannot be written, in words instead of the system's.
 * @param option by which another folder is chosen
 */
export function cannotWrite(path: string, error: unknown, option = "--out"): RunError {
  if (error instanceof RunError) return error;
  const reason = error instanceof Error ? systemReason(error) : String(error);
  const remedy = isDiskFull(error)
    ? `; what is finished is kept; make room or choose another folder with ${option}`
    : "";
  return new RunError(`cannot write ${path}: ${reason}${remedy}`, { cause: error });
}

function isDiskFull(error: unknown): boolean {
  return error instanceof Error && /\(os error (28|112|122)\)|ENOSPC|EDQUOT/.test(error.message);
}

async function writeAndSync(path: string, bytes: Uint8Array): Promise<void> {
  using file = await Deno.open(path, { write: true, create: true, truncate: true });
  for (let written = 0; written < bytes.length;) written += await file.write(bytes.subarray(written));
  // Without this, a crash of the machine may leave an empty file under the final name.
  await file.sync();
}

/** Resolves when the names in a folder are on the disk. */
export async function syncFolder(path: string): Promise<void> {
  // Windows keeps names and files together and opens no folders.
  if (Deno.build.os === "windows") return;
  using folder = await Deno.open(path);
  await folder.sync();
}
