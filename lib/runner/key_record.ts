/**
 * `instance.json`: the text that an instance's key is the hash of, by which later plans tell what changed.
 * @module
 */
import type { PlannedInstance } from "../plan/planned_instance.ts";
import { durableWrite } from "../store/durable_write.ts";
import { openEventLog } from "../store/event_log.ts";
import { type InstancePaths, instancePaths } from "../store/layout.ts";
import { type LockHolder, tryLock } from "../store/lock.ts";
import { readTextIfThere } from "../store/presence.ts";
import type { Reporter } from "./reporter.ts";

/** Writes it where it is not there or is not what it should be. Only for the holder of the lock. */
export async function writeKeyRecord(
  { instance }: InstancePaths,
  { hashed }: PlannedInstance,
): Promise<void> {
  if (await readTextIfThere(instance) !== hashed) await durableWrite(instance, hashed);
}

/** Writes that of a finished instance again when it is missing or damaged, unless somebody is at work there. */
export async function restoreKeyRecord(
  instance: PlannedInstance,
  { runs, me, reporter }: { readonly runs: string; readonly me: LockHolder; readonly reporter: Reporter },
): Promise<void> {
  const paths = instancePaths(runs, instance.key);
  const found = await readTextIfThere(paths.instance);
  if (found === instance.hashed) return;
  const attempt = await tryLock(paths.lock, me);
  if (!("lock" in attempt)) return;
  await using _lock = attempt.lock;
  await writeKeyRecord(paths, instance);
  using log = await openEventLog(paths.events);
  reporter.about(instance, log)({
    type: "damaged",
    path: "instance.json",
    expected: "what the key is the hash of",
    found: found === undefined ? "no file" : "something else",
    action: "written again",
  });
}
