/**
 * `report/`: a finished report as a folder that can be opened, zipped and sent. It is a view: not keyed, made again when a file
 * is missing or another one.
 * @module
 */
import { dirname, join } from "node:path";
import type { PlannedInstance } from "../plan/planned_instance.ts";
import type { Digests } from "../store/digests.ts";
import { durableWrite, makeFolder } from "../store/durable_write.ts";
import { openFinished } from "../store/finished_instance.ts";
import { instancePaths, reportFolder, viewPaths } from "../store/layout.ts";
import { type LockHolder, waitForLock } from "../store/lock.ts";
import { unlessAbsent } from "../store/presence.ts";
import { findResultFiles, removeResultFiles, reportPage } from "../store/result_files.ts";
import type { Reporter } from "./reporter.ts";

/** Where reports go. */
export interface ReportPlace {
  readonly runs: string;
  /** The workflow's name. */
  readonly workflow: string;
  readonly me: LockHolder;
  readonly digests: Digests;
  /** Ends waiting for another process. */
  readonly signal?: AbortSignal;
}

/** Where an instance's page is. */
export function reportPath(runs: string, workflow: string, instance: string): string {
  return join(reportFolder(runs, workflow, instance), reportPage);
}

/**
 * Copies a finished report out of the store; does nothing for other instances, and when all of it is there. One process at a
 * time writes it: others wait, and find the files. Throws DamagedFrame when a file in the store is damaged, and the signal's reason.
 */
export async function copyReport(
  instance: PlannedInstance,
  { runs, workflow, me, digests, signal }: ReportPlace,
  reporter: Reporter,
): Promise<void> {
  if (instance.artifact.made !== "report") return;
  const finished = await openFinished(instancePaths(runs, instance.key));
  const folder = reportFolder(runs, workflow, instance.name);
  const { outputs } = finished.manifest;
  const isCurrent = async ({ path, sha256 }: { readonly path: string; readonly sha256: string }) =>
    await unlessAbsent(join(folder, path), () => digests.sha256(join(folder, path))) === sha256;
  const areCurrent = async () => (await Promise.all(outputs.map(isCurrent))).every(Boolean);
  if (await areCurrent()) return;
  await using _lock = await waitForLock(viewPaths(runs, workflow, instance.name).lock, me, signal);
  if (await areCurrent()) return;
  const kept = new Set(outputs.map(({ path }) => path));
  for (const { path } of (await findResultFiles(folder, "report")) ?? []) {
    if (!kept.has(path)) await Deno.remove(join(folder, path));
  }
  for (const output of outputs) {
    if (await isCurrent(output)) continue;
    await makeFolder(dirname(join(folder, output.path)));
    await durableWrite(join(folder, output.path), await finished.file(output.path));
    digests.forget(join(folder, output.path));
  }
  reporter.about(instance)({ type: "report.made", path: reportPath(runs, workflow, instance.name) });
}

/** Removes the copy of a report of which the key has changed: it tells of other stimuli than the settings beside it. */
export async function removeReport(runs: string, workflow: string, instance: string): Promise<void> {
  await removeResultFiles(reportFolder(runs, workflow, instance), "report");
}
