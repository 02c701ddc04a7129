/**
 * Removing what nobody needs.
 * @module
 */
import { cannotWrite, temporaryPath } from "../../store/durable_write.ts";
import { instancePaths } from "../../store/layout.ts";
import { type LockHolder, tryLock } from "../../store/lock.ts";
import { findNamingWorkflows } from "../../store/named_keys.ts";
import { unlessAbsent } from "../../store/presence.ts";
import { keysOf, type Removable } from "./find.ts";

/** What became of it. */
export interface Removed {
  readonly bytes: number;
  /** What somebody has begun to work on, or to need, since it was looked for. */
  readonly kept: readonly Removable[];
}

/** Removes what can go, and looks again before each whether it still can. Throws RunError where the system refuses. */
export async function removeAll(
  runs: string,
  removables: readonly Removable[],
  me: LockHolder,
): Promise<Removed> {
  let bytes = 0;
  const kept: Removable[] = [];
  for (const removable of removables) {
    if (await remove(runs, removable, me)) bytes += removable.bytes;
    else kept.push(removable);
  }
  return { bytes, kept };
}

async function remove(runs: string, { path, key, isInstance }: Removable, me: LockHolder): Promise<boolean> {
  try {
    if (key === undefined) {
      await removeWhole(path);
      return true;
    }
    if (await unlessAbsent(path, () => Deno.lstat(path)) === undefined) return true;
    const attempt = await tryLock(instancePaths(runs, key).lock, me);
    if (!("lock" in attempt)) return false;
    // Moved first: who stops here leaves no half of an instance.
    const aside = temporaryPath(path);
    // Windows moves no folder in which a file is open.
    const mayMoveWhileLocked = Deno.build.os !== "windows";
    {
      await using _lock = attempt.lock;
      if (isInstance && keysOf(await findNamingWorkflows(runs)).has(key)) return false;
      if (mayMoveWhileLocked) await Deno.rename(path, aside);
    }
    if (!mayMoveWhileLocked) await Deno.rename(path, aside);
    await removeWhole(aside);
    return true;
  } catch (error) {
    throw cannotWrite(path, error);
  }
}

async function removeWhole(path: string): Promise<void> {
  await unlessAbsent(path, () => Deno.remove(path, { recursive: true }));
}
