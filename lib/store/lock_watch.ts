/**
 * Waiting until a lock that another process holds may be free. On this machine the system tells; of other hosts it tells nothing,
 * and a network disk is not asked more often than once in five seconds.
 * @module
 */
import { lockInKernel } from "./kernel_lock.ts";
import { readLock } from "./lock_text.ts";
import { unlessAbsent } from "./presence.ts";

/** A lock that another process holds is tried again after so many milliseconds, and so many more at most: many that wait are spread out. */
export const tryAgain = { after: 5_000, spread: 2_500 };

/** What may end the wait before a lock changes hands. */
export interface WaitOptions {
  /** At most so many milliseconds; left out: as long as until a lock is tried again. */
  readonly milliseconds?: number;
  readonly signal?: AbortSignal | undefined;
  /** Something of our own that is worth waiting for as well. */
  readonly orUntil?: Promise<unknown>;
}

/**
 * Resolves when one of these lock files, which are held, was given back or taken by another: to its path where the system has
 * told so, else to undefined when the time is over.
 */
export async function whenLockChanges(
  paths: readonly string[],
  { milliseconds = tryAgain.after + tryAgain.spread * Math.random(), signal, orUntil }: WaitOptions = {},
): Promise<string | undefined> {
  if (signal?.aborted) return undefined;
  const { promise, resolve } = Promise.withResolvers<string | undefined>();
  const stop = () => resolve(undefined);
  const timer = setTimeout(stop, milliseconds);
  signal?.addEventListener("abort", stop, { once: true });
  const watcher = watch(paths);
  // Where it fails, as when the folder was removed, the time ends the wait.
  const watching = watcher && followTurns(paths, watcher).then(resolve, () => undefined);
  try {
    return await Promise.race([promise, ...(orUntil === undefined ? [] : [orUntil.then(() => undefined)])]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", stop);
    watcher?.close();
    await watching;
  }
}

/** The system's watch over files; undefined where it has none to give, or one of the files is gone. */
function watch(paths: readonly string[]): Deno.FsWatcher | undefined {
  try {
    return Deno.watchFs([...paths]);
  } catch {
    return undefined;
  }
}

/**
 * Resolves to the one of them that changes hands, or to undefined when the watch ends. A holder that only touches its lock is still
 * there; and who looks, or tries in vain, changes nothing: if that woke others, they would wake each other for ever.
 */
async function followTurns(
  paths: readonly string[],
  watcher: Deno.FsWatcher,
): Promise<string | undefined> {
  const before = new Map<string, string | undefined>();
  for (const path of paths) before.set(path, await holding(path));
  for (const [path, state] of before) if (state === undefined) return path;
  for await (const { paths: changed } of watcher) {
    for (const path of changed) if (await holding(path) !== before.get(path)) return path;
  }
  return undefined;
}

/** Which turn it is, and whether the kernel sees its holder; undefined when nobody holds it. */
async function holding(path: string): Promise<string | undefined> {
  const text = await readLock(path);
  const file = text?.holder && await unlessAbsent(path, () => Deno.open(path, { read: true }));
  if (text === undefined || file === undefined) return undefined;
  using _file = file;
  return `${text.turn} ${await lockInKernel(file, false)}`;
}
