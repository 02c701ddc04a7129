/**
 * The text of a lock file: who holds it, and how often it was taken.
 * @module
 */
import { z } from "zod";
import { parseJson } from "./json_text.ts";

/** Who holds a lock, as its text says. */
export const lockHolderSchema = z.object({
  host: z.string(),
  pid: z.int(),
  user: z.string(),
  /** ISO 8601, UTC. */
  since: z.string(),
  command: z.string(),
});

/** Who holds a lock. */
export type LockHolder = z.infer<typeof lockHolderSchema>;

const turnSchema = z.object({ turn: z.int() });

/** What a lock file says. */
export interface LockText {
  /** Rises by one or more whenever the lock is taken; 0 where the text does not tell. */
  readonly turn: number;
  /** Undefined when nobody holds it, or its text cannot be read. */
  readonly holder: LockHolder | undefined;
  /** When it was written last, by the disk's clock, in milliseconds since 1970. */
  readonly touched: number;
}

/** Reads a lock file by its path, so that a network disk asks its server anew; undefined when there is none that can be read. */
export async function readLock(path: string): Promise<LockText | undefined> {
  try {
    using file = await Deno.open(path, { read: true });
    const { size, mtime } = await file.stat();
    const bytes = new Uint8Array(size);
    for (let read = 0; read < size;) {
      const more = await file.read(bytes.subarray(read));
      if (more === null) break;
      read += more;
    }
    const json = parseJson(new TextDecoder().decode(bytes));
    return {
      turn: turnSchema.safeParse(json).data?.turn ?? 0,
      holder: lockHolderSchema.safeParse(json).data,
      touched: mtime?.getTime() ?? 0,
    };
  } catch {
    return undefined;
  }
}

/** Writes a whole text: who holds the lock, or that nobody does. Resolves when it is on the disk. */
export async function writeLock(
  file: Deno.FsFile,
  { turn, holder }: Omit<LockText, "touched">,
): Promise<void> {
  const text = JSON.stringify({ ...holder, turn }) + "\n";
  const { size } = await file.stat();
  // One write, and never shorter than what was there: nobody who looks in between finds half a text.
  await file.seek(0, Deno.SeekMode.Start);
  await file.write(new TextEncoder().encode(text.padEnd(size)));
  await file.sync();
}

/** Has the disk note that the holder is alive, by the disk's own clock: the first byte is written again. */
export async function touchLock(file: Deno.FsFile): Promise<void> {
  await file.seek(0, Deno.SeekMode.Start);
  await file.write(new TextEncoder().encode("{"));
  await file.syncData();
}
