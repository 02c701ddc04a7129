/**
 * `videos/`: finished frames as files that players open. They are views: not keyed, made again when deleted or when the frames change.
 * @module
 */
import { basename, dirname, join } from "node:path";
import type { PlannedInstance } from "../plan/planned_instance.ts";
import type { VideoFacts } from "../plan/stage_kind.ts";
import { sha256OfBytes } from "../store/checksum.ts";
import { cannotWrite, durableWrite, makeFolder, removeLeftovers } from "../store/durable_write.ts";
import { openFrames } from "../store/finished_frames.ts";
import { knownInstances } from "../store/instance_index.ts";
import { framePath, instanceFolderName, instancePaths, viewPaths, workflowPaths } from "../store/layout.ts";
import { type LockHolder, waitForLock } from "../store/lock.ts";
import { readManifest } from "../store/manifest.ts";
import { isSystemError, readTextIfThere, sizeIfThere, unlessAbsent } from "../store/presence.ts";
import type { FrameSource } from "../store/stage_store.ts";
import { removeReport } from "./copy_report.ts";
import type { Reporter } from "./reporter.ts";

/** Encodes frames into a file, which is whole or not there. Resolves to what a user has to know of the file, if anything. */
export type EncodeVideo = (
  frames: FrameSource,
  video: VideoFacts,
  path: string,
) => Promise<string | undefined>;

/** The encoder of each file that is made of a video, by the file's ending: `{ mkv: ..., mp4: ... }`. */
export type Encoders = Readonly<Record<string, EncodeVideo>>;

/** Where an instance's playable files are, by ending. */
export function viewPath(runs: string, workflow: string, instance: string, ending: string): string {
  return join(workflowPaths(runs, workflow).videos, `${instanceFolderName(instance)}.${ending}`);
}

/** What the views of one workflow have in common. */
export interface Views {
  readonly runs: string;
  /** The workflow's name. */
  readonly workflow: string;
  readonly encoders: Encoders;
  readonly me: LockHolder;
  /** Ends waiting for another process. */
  readonly signal?: AbortSignal;
}

/**
 * Encodes a finished instance that makes a video; does nothing when that was done. Throws what the encoders throw,
 * DamagedFrame, and the signal's reason. One process at a time encodes an instance: the others wait, and find the files.
 */
export async function encodeViews(
  instance: PlannedInstance,
  views: Views,
  reporter: Reporter,
): Promise<void> {
  if (instance.artifact.made !== "video") return;
  const { runs, workflow, encoders, me, signal } = views;
  const { video } = instance.artifact;
  const paths = instancePaths(runs, instance.key);
  const digest = await digestOfFrames(paths.manifest, video.frames);
  const { lock, madeFrom } = viewPaths(runs, workflow, instance.name);
  const missing = () => missingViews(views, instance.name, madeFrom, digest);
  if ((await missing()).length === 0) return;
  await using _lock = await waitForLock(lock, me, signal);
  const left = await missing();
  for (const ending of left) {
    const path = viewPath(runs, workflow, instance.name, ending);
    await makeFolder(dirname(path));
    await removeLeftovers(dirname(path), basename(path));
    const frames = await openFrames(paths, video.frames);
    const note = await toView(path, () => encoders[ending]?.(frames, video, path));
    const report = reporter.about(instance);
    report({ type: "video.encoded", path, frames: video.frames });
    if (note !== undefined) report({ type: "warning", code: "encoded_otherwise", text: note, where: path });
  }
  if (left.length > 0) await durableWrite(madeFrom, digest + "\n");
}

/** Says of what the system refuses which file it was. */
async function toView<T>(path: string, encode: () => Promise<T> | undefined): Promise<T | undefined> {
  try {
    return await encode();
  } catch (error) {
    throw isSystemError(error) ? cannotWrite(path, error) : error;
  }
}

/** Removes the files of instances whose key has changed since: they show another stimulus than the settings beside them. */
export async function removeOutdatedViews(
  instances: readonly PlannedInstance[],
  { runs, workflow, encoders }: Omit<Views, "me" | "signal">,
): Promise<void> {
  const known = await knownInstances(workflowPaths(runs, workflow), instances.map(({ name }) => name));
  for (const { name, key, artifact } of instances) {
    const before = known[name];
    if (before === undefined || before.key === key) continue;
    if (artifact.made === "report") await removeReport(runs, workflow, name);
    for (const ending of Object.keys(encoders)) {
      const path = viewPath(runs, workflow, name, ending);
      await unlessAbsent(path, () => Deno.remove(path));
    }
  }
}

/** Endings of the files that are not there, or were made from other frames. */
async function missingViews(
  { runs, workflow, encoders }: Views,
  instance: string,
  madeFrom: string,
  digest: string,
): Promise<string[]> {
  const endings = Object.keys(encoders);
  if ((await readTextIfThere(madeFrom))?.trim() !== digest) return endings;
  const sizes = await Promise.all(
    endings.map((ending) => sizeIfThere(viewPath(runs, workflow, instance, ending))),
  );
  return endings.filter((_, position) => sizes[position] === undefined);
}

/** Tells apart what a view was made from: other frames of the same key (another engine), or another number of them. */
async function digestOfFrames(manifestPath: string, frames: number): Promise<string> {
  const wanted = new Set(Array.from({ length: frames }, (_, index) => framePath(index)));
  const outputs = (await readManifest(manifestPath))?.outputs ?? [];
  return sha256OfBytes(outputs.filter(({ path }) => wanted.has(path)).map(({ sha256 }) => sha256).join("\n"));
}
