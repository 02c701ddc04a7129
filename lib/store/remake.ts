/**
 * `store/<key>/remake/`: an instance that is made again although it is there. It is a whole instance's folder, without a
 * lock of its own, and takes the other's place when it is finished: until then everybody reads what was there before.
 * @module
 */
import { basename, dirname, join } from "node:path";
import { cannotWrite, durableWrite, isLeftover, makeFolder, syncFolder } from "./durable_write.ts";
import { readFrameRecords } from "./frame_records.ts";
import { framePath, type InstancePaths, remakePaths } from "./layout.ts";
import { type Manifest, readManifest } from "./manifest.ts";
import { entriesIfThere, unlessAbsent } from "./presence.ts";
import { findResultFiles, reportPage } from "./result_files.ts";

/** A file for each workflow that asked for it: the others go on with what is there. */
const askedBy = "asked_by";

/** Asks for an instance to be made again, or joins in: what an earlier request has finished of it stays. */
export async function askForRemake(paths: InstancePaths, workflow: string): Promise<void> {
  const folder = join(remakePaths(paths).folder, askedBy);
  await makeFolder(folder);
  await durableWrite(join(folder, workflow), "");
}

/** The names of the workflows that wait for an instance to be made again. */
export async function remakeAskedBy(paths: InstancePaths): Promise<readonly string[]> {
  const entries = await entriesIfThere(join(remakePaths(paths).folder, askedBy));
  return entries.map(({ name }) => name).filter((name) => !isLeftover(name));
}

/** Removes what was made of a new result; the one that is there stays. Only for the holder of the lock. */
export async function abandonRemake(paths: InstancePaths): Promise<void> {
  const { folder } = remakePaths(paths);
  await unlessAbsent(folder, () => Deno.remove(folder, { recursive: true }));
}

/** sha256 of the files of a result, by their paths inside the folder; of an unfinished one, of its frames. */
export async function digestsOfResult(paths: InstancePaths): Promise<ReadonlyMap<string, string>> {
  const manifest = await readManifest(paths.manifest);
  if (manifest !== undefined) return new Map(manifest.outputs.map(({ path, sha256 }) => [path, sha256]));
  const records = [...(await readFrameRecords(paths.frameRecords)).values()];
  return new Map(
    records.filter(({ frame }) => frame >= 0).map(({ frame, sha256 }) => [framePath(frame), sha256]),
  );
}

/** How a new result compares with the one before it. */
export interface Comparison {
  /** Files that both have. */
  readonly compared: number;
  readonly different: number;
  readonly firstDifferent?: string;
}

/** Compares the files that both results have. */
export function compareResults(
  before: ReadonlyMap<string, string>,
  now: ReadonlyMap<string, string>,
): Comparison {
  const both = [...now].filter(([path]) => before.has(path));
  const different = both.filter(([path, sha256]) => before.get(path) !== sha256).map(([path]) => path).sort();
  const [firstDifferent] = different;
  return {
    compared: both.length,
    different: different.length,
    ...(firstDifferent !== undefined && { firstDifferent }),
  };
}

/**
 * Puts a new result that is whole in the place of the earlier one; does nothing while there is none. Only for the holder of
 * the lock, and before anything else: it goes on where a process died. Its manifest is the last to move.
 */
export async function replaceByRemake(paths: InstancePaths): Promise<void> {
  const remake = remakePaths(paths);
  const manifest = await readManifest(remake.manifest);
  if (manifest === undefined) return;
  try {
    await makeFolder(paths.frames);
    // One by one, so that who reads finds each of them at any time.
    for (const { name } of await entriesIfThere(remake.frames)) {
      if (!isLeftover(name)) await move(join(remake.frames, name), join(paths.frames, name));
    }
    const outputs = new Set(manifest.outputs.map(({ path }) => path));
    for (const { name } of await entriesIfThere(paths.frames)) {
      if (!outputs.has(`frames/${name}`)) await Deno.remove(join(paths.frames, name));
    }
    await syncFolder(paths.frames);
    for (const path of [remake.frameRecords, remake.instance, remake.events]) {
      await move(path, join(paths.folder, basename(path)));
    }
    await moveResultFiles(manifest, remake.folder, paths.folder);
    for (const path of [paths.state, paths.previousState, paths.padding, join(remake.folder, askedBy)]) {
      await unlessAbsent(path, () => Deno.remove(path, { recursive: true }));
    }
    await syncFolder(paths.folder);
    await Deno.rename(remake.manifest, paths.manifest);
    await syncFolder(paths.folder);
    await abandonRemake(paths);
  } catch (error) {
    throw cannotWrite(paths.folder, error);
  }
}

/** Those of a table or a report; what an earlier one has and the new one does not goes. */
async function moveResultFiles({ outputs }: Manifest, from: string, to: string): Promise<void> {
  const files = outputs.map(({ path }) => path).filter((path) => !path.startsWith("frames/"));
  if (files.length === 0) return;
  const made = files.includes(reportPage) ? "report" : "table";
  for (const { path } of (await findResultFiles(to, made)) ?? []) {
    if (!files.includes(path)) await Deno.remove(join(to, path));
  }
  for (const path of files) {
    await makeFolder(dirname(join(to, path)));
    await move(join(from, path), join(to, path));
    await syncFolder(dirname(join(to, path)));
  }
}

/** Moves what was not moved before. */
async function move(from: string, to: string): Promise<void> {
  await unlessAbsent(from, () => Deno.rename(from, to));
}
