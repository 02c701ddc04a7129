/**
 * Waiting until a lock that another process holds may be free. On this machine the system tells; of other hosts it tells nothing,
 * and a network disk is not asked more often than once in five seconds.
 * @module
 */
import { lockInKernel } from "./kernel_lock.ts";
import { readLock } from "./lock_text.ts";
import { unlessAbsent } from "./presence.ts";

/** In milliseconds. Many that wait for the same are spread out by up to half of it. */
const askAfter = 5_000;

/** What may end the wait before a lock changes hands. */
export interface WaitOptions {
  readonly signal?: AbortSignal | undefined;
  /** Something of our own that is worth waiting for as well. */
  readonly orUntil?: Promise<unknown>;
}

/** Resolves when one of these lock files, which are held, was given back or taken by another, or may have been. */
export async function whenLockChanges(
  paths: readonly string[],
  { signal, orUntil }: WaitOptions = {},
): Promise<void> {
  if (signal?.aborted) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, askAfter * (1 + Math.random() / 2));
  const stop = () => resolve();
  signal?.addEventListener("abort", stop, { once: true });
  using watcher = watch(paths);
  const watching = watcher && followTurns(paths, watcher).then(resolve, () => undefined);
  try {
    await Promise.race([promise, ...(orUntil === undefined ? [] : [orUntil])]);
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
 * Resolves when one of them changes hands. A holder that only touches its lock is still there; and who looks, or tries in vain,
 * changes nothing: if that woke others, they would wake each other for ever.
 */
async function followTurns(paths: readonly string[], watcher: Deno.FsWatcher): Promise<void> {
  const before = new Map<string, string | undefined>();
  for (const path of paths) before.set(path, await holding(path));
  if (before.values().some((state) => state === undefined)) return;
  for await (const { paths: changed } of watcher) {
    for (const path of changed) if (await holding(path) !== before.get(path)) return;
  }
}

/** Which turn it is, and whether the kernel sees its holder; undefined when nobody holds it. */
async function holding(path: string): Promise<string | undefined> {
  const text = await readLock(path);
  const file = text?.holder && await unlessAbsent(path, () => Deno.open(path, { read: true }));
  if (text === undefined || file === undefined) return undefined;
  using _file = file;
  return `${text.turn} ${await lockInKernel(file, false)}`;
}
