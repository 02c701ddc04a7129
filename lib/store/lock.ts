/**
 * One writer per instance: a lock that the kernel frees when its process dies, with a text that says who holds it, for people
 * and for other hosts.
 * @module
 */
import { dirname } from "node:path";
import { RunError } from "../errors.ts";
import { cannotWrite, makeFolder } from "./durable_write.ts";
import { lockInKernel } from "./kernel_lock.ts";
import { type LockHolder, readLock, touchLock, writeLock } from "./lock_text.ts";
import { claimTurn, goneAfter, mayBeHeld } from "./lock_turn.ts";
import { whenLockChanges } from "./lock_watch.ts";
import { unlessAbsent } from "./presence.ts";

export type { LockHolder } from "./lock_text.ts";

const touchEvery = 10_000;

/** How often a lock that changes hands just now is tried again, and after how many milliseconds. */
const moments = { trials: 10, each: 20 };

/** A lock that is ours until disposed. */
export interface HeldLock extends AsyncDisposable {
  /** Throws RunError when another host has taken it, for it was not touched for a minute: this machine slept, or its disk was away. */
  requireHeld(): void;
}

/** Either the lock, or who has it: undefined when the holder's text cannot be read. */
export type LockAttempt = { readonly lock: HeldLock } | { readonly heldBy: LockHolder | undefined };

/**
 * Takes the lock when it is free, and returns soon either way; its folder is made where it is missing. A lock whose process died
 * is free. On a network disk, where the kernel's lock may not reach other machines, a lock whose text names another host is
 * respected while it was touched in the last 60 s.
 * Throws RunError when the file cannot be written.
 */
export async function tryLock(path: string, me: LockHolder): Promise<LockAttempt> {
  try {
    for (let trial = 0;; trial++) {
      const attempt = await tryOnce(path, me);
      if ("lock" in attempt) return attempt;
      // No text: its holder has just come or is about to go. A text may be of a process that died while somebody looks.
      const trials = attempt.isElsewhere ? 0 : attempt.heldBy === undefined ? moments.trials : 1;
      if (trial >= trials) return { heldBy: attempt.heldBy };
      await new Promise((resolve) => setTimeout(resolve, moments.each));
    }
  } catch (error) {
    throw cannotWrite(path, error);
  }
}

/**
 * Takes the lock when it is free at last. Throws RunError when the file cannot be written.
 * @param signal gives up waiting when it is aborted: its reason is thrown
 */
export async function waitForLock(path: string, me: LockHolder, signal?: AbortSignal): Promise<HeldLock> {
  for (;;) {
    const attempt = await tryLock(path, me);
    if ("lock" in attempt) return attempt.lock;
    await whenLockChanges([path], { signal });
    signal?.throwIfAborted();
  }
}

/** Who holds a lock now: a holder, "somebody" when the text cannot be read, undefined when it is free. Changes nothing. */
export async function findHolder(path: string, host: string): Promise<LockHolder | "somebody" | undefined> {
  const file = await unlessAbsent(path, () => Deno.open(path, { read: true }));
  if (file === undefined) return undefined;
  using _file = file;
  const text = await readLock(path);
  // Shared, so that several may look at a time; given back at once.
  const kernel = await lockInKernel(file, false);
  if (kernel === "busy") return text?.holder ?? "somebody";
  if (kernel === "taken") await file.unlock();
  const isHeld = text !== undefined && mayBeHeld(text, { host }, kernel) && seemsAlive(text);
  return isHeld ? text.holder : undefined;
}

/** "held by ada on lab-3 (process 4711, since 2026-03-01T09:00:00Z): metamer run sweep.yaml" */
export function describeHolder(holder: LockHolder | undefined): string {
  if (holder === undefined) return "held by another process";
  // What stands there where the system names no user.
  const user = holder.user === "unknown" ? "" : `by ${holder.user} `;
  return `held ${user}on ${holder.host} (process ${holder.pid}, since ${holder.since}): ${holder.command}`;
}

type Attempt = { readonly lock: HeldLock } | {
  readonly heldBy: LockHolder | undefined;
  /** By its text alone, which tells whether its host is alive. */
  readonly isElsewhere?: true;
};

async function tryOnce(path: string, me: LockHolder): Promise<Attempt> {
  const file = await open(path);
  let isKept = false;
  try {
    const kernel = await lockInKernel(file);
    if (kernel === "busy") return { heldBy: (await readLock(path))?.holder };
    // Whoever held it may have moved it away, with all that it was for, or another: then this is nobody's lock.
    if (!await isAt(path, file)) return { heldBy: undefined };
    const seen = await readLock(path);
    if (seen === undefined) return { heldBy: undefined };
    if (mayBeHeld(seen, me, kernel) && seemsAlive(seen)) return { heldBy: seen.holder, isElsewhere: true };
    const claimed = await claimTurn(path, { lock: file, seen, me, kernel });
    if ("by" in claimed) return { heldBy: claimed.by };
    isKept = claimed.file === file;
    return { lock: new Lock(path, claimed.file, claimed.turn) };
  } finally {
    // Does nothing where it was closed before.
    if (!isKept) file[Symbol.dispose]();
  }
}

/** By this machine's clock, which is only worth a guess: whoever takes the lock goes by the disk's. */
function seemsAlive({ touched }: { readonly touched: number }): boolean {
  return Math.abs(Date.now() - touched) < goneAfter;
}

class Lock implements HeldLock {
  readonly #path: string;
  readonly #file: Deno.FsFile;
  readonly #turn: number;
  readonly #touching: ReturnType<typeof setInterval>;
  #touched: Promise<void> = Promise.resolve();
  #isLost = false;

  constructor(path: string, file: Deno.FsFile, turn: number) {
    this.#path = path;
    this.#file = file;
    this.#turn = turn;
    this.#touching = setInterval(() => {
      // A touch that fails is made up for by the next one.
      this.#touched = this.#touched.then(() => this.#touch()).catch(() => undefined);
    }, touchEvery);
    Deno.unrefTimer(this.#touching);
  }

  requireHeld(): void {
    if (!this.#isLost) return;
    throw new RunError(
      `${this.#path} was taken by another host, for this one had not touched it for a minute: it slept, or the disk was away; ` +
        "what was finished before is kept, and the other one goes on from there",
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#touching);
    await this.#touched;
    // It tells other hosts that nobody holds it.
    await writeLock(this.#file, { turn: this.#turn, holder: undefined }).catch(() => undefined);
    this.#file.close();
  }

  async #touch(): Promise<void> {
    this.#isLost = !await isAt(this.#path, this.#file);
    if (!this.#isLost) await touchLock(this.#file);
  }
}

async function open(path: string): Promise<Deno.FsFile> {
  const options = { read: true, write: true, create: true };
  try {
    return await Deno.open(path, options);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    await makeFolder(dirname(path));
    return await Deno.open(path, options);
  }
}

/** True when this is still the file of that path. */
async function isAt(path: string, file: Deno.FsFile): Promise<boolean> {
  // It moves no file that is open.
  if (Deno.build.os === "windows") return true;
  const [opened, there] = [await file.stat(), await unlessAbsent(path, () => Deno.stat(path))];
  return there !== undefined && there.ino === opened.ino && there.dev === opened.dev;
}
