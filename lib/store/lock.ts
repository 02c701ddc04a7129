/**
 * One writer per instance: a lock that the kernel frees when its process dies, with a text that says who holds it.
 * @module
 */
import { dirname } from "node:path";
import { z } from "zod";
import { cannotWrite, makeFolder } from "./durable_write.ts";
import { unlessAbsent } from "./presence.ts";

const touchEvery = 10_000;
const staleAfter = 60_000;
const tryAgainAfter = 200;

/** The text of a lock file. */
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

/** A lock that is ours until disposed. */
export type HeldLock = AsyncDisposable;

/** Either the lock, or who has it: undefined when the holder's text cannot be read. */
export type LockAttempt = { readonly lock: HeldLock } | { readonly heldBy: LockHolder | undefined };

/**
 * Takes the lock when it is free, and returns soon either way; its folder is made where it is missing. A lock whose process died is free. On a network disk, where the kernel's
 * lock may not reach other machines, a lock whose text names another host is respected while it was touched in the last 60 s.
 * Throws RunError when the file cannot be written.
 */
export async function tryLock(path: string, me: LockHolder): Promise<LockAttempt> {
  const file = await open(path);
  try {
    for (let trial = 0; !await file.tryLock(true); trial++) {
      const heldBy = await readHolder(path);
      // No text: its holder has just come or is about to go. A text may be of a process that died while somebody looks.
      if (trial < (heldBy === undefined ? 10 : 1)) {
        await new Promise((resolve) => setTimeout(resolve, 20));
        continue;
      }
      file.close();
      return { heldBy };
    }
    // Whoever held it may have moved it away, with all that it was for: then this is nobody's lock.
    if (!await isAt(path, file)) {
      file.close();
      return await tryLock(path, me);
    }
    const before = await readHolder(path);
    if (before !== undefined && before.host !== me.host && await touchedLately(file)) {
      file.close();
      return { heldBy: before };
    }
    await writeText(file, JSON.stringify(me) + "\n");
    return { lock: new Lock(file) };
  } catch (error) {
    file.close();
    throw cannotWrite(path, error);
  }
}

/** Takes the lock when it is free at last. Throws RunError when the file cannot be written. */
export async function waitForLock(path: string, me: LockHolder): Promise<HeldLock> {
  for (;;) {
    const attempt = await tryLock(path, me);
    if ("lock" in attempt) return attempt.lock;
    await new Promise((resolve) => setTimeout(resolve, tryAgainAfter));
  }
}

/** Who holds a lock now: a holder, "somebody" when the text cannot be read, undefined when it is free. Changes nothing. */
export async function findHolder(path: string, host: string): Promise<LockHolder | "somebody" | undefined> {
  let file: Deno.FsFile;
  try {
    file = await Deno.open(path, { read: true });
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
  try {
    const holder = await readHolder(path);
    // Shared, so that several may look at a time; given back at once.
    if (!await file.tryLock(false)) return holder ?? "somebody";
    await file.unlock();
    const isElsewhere = holder !== undefined && holder.host !== host && await touchedLately(file);
    return isElsewhere ? holder : undefined;
  } finally {
    file.close();
  }
}

/** "held by ada on lab-3 (process 4711, since 2026-03-01T09:00:00Z): metamer run sweep.yaml" */
export function describeHolder(holder: LockHolder | undefined): string {
  if (holder === undefined) return "held by another process";
  // What stands there where the system names no user.
  const user = holder.user === "unknown" ? "" : `by ${holder.user} `;
  return `held ${user}on ${holder.host} (process ${holder.pid}, since ${holder.since}): ${holder.command}`;
}

class Lock implements AsyncDisposable {
  readonly #file: Deno.FsFile;
  readonly #touching: ReturnType<typeof setInterval>;

  constructor(file: Deno.FsFile) {
    this.#file = file;
    this.#touching = setInterval(() => {
      const now = new Date();
      // A touch that fails is made up for by the next one; the kernel's lock is what counts on this machine.
      file.utime(now, now).catch(() => undefined);
    }, touchEvery);
    Deno.unrefTimer(this.#touching);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#touching);
    // An empty text tells other hosts that nobody holds it.
    await writeText(this.#file, "").catch(() => undefined);
    this.#file.close();
  }
}

async function open(path: string): Promise<Deno.FsFile> {
  await makeFolder(dirname(path));
  try {
    return await Deno.open(path, { read: true, write: true, create: true });
  } catch (error) {
    throw cannotWrite(path, error);
  }
}

/** True when this is still the file of that path. */
async function isAt(path: string, file: Deno.FsFile): Promise<boolean> {
  // It moves no file that is open.
  if (Deno.build.os === "windows") return true;
  const [opened, there] = [await file.stat(), await unlessAbsent(path, () => Deno.stat(path))];
  return there !== undefined && there.ino === opened.ino && there.dev === opened.dev;
}

async function readHolder(path: string): Promise<LockHolder | undefined> {
  try {
    return lockHolderSchema.parse(JSON.parse(await Deno.readTextFile(path)));
  } catch {
    return undefined;
  }
}

async function touchedLately(file: Deno.FsFile): Promise<boolean> {
  const { mtime } = await file.stat();
  return mtime !== null && Date.now() - mtime.getTime() < staleAfter;
}

async function writeText(file: Deno.FsFile, text: string): Promise<void> {
  await file.truncate(0);
  await file.seek(0, Deno.SeekMode.Start);
  await file.write(new TextEncoder().encode(text));
  await file.sync();
}
