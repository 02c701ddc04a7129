/**
 * Exporting finished instances: where each goes, what is never overwritten, and what is said of it.
 * @module
 */
import { dirname, join, resolve } from "node:path";
import { WorkflowError } from "../../errors.ts";
import type { PlannedInstance } from "../../plan/planned_instance.ts";
import type { VideoFacts } from "../../plan/stage_kind.ts";
import { isStopped, type StopRequest } from "../../runner/signals.ts";
import { cannotWrite, temporaryPath } from "../../store/durable_write.ts";
import { openFrames } from "../../store/finished_frames.ts";
import { instanceFolderName, instancePaths, workflowPaths } from "../../store/layout.ts";
import { entriesIfThere, readTextIfThere, unlessAbsent } from "../../store/presence.ts";
import type { FrameSource } from "../../store/stage_store.ts";
import { exportedImageName } from "../../video/image_names.ts";
import { fromHere } from "../from_here.ts";
import { requireUsable, requireWritable } from "../usable_folder.ts";
import { rateInWords } from "../display/frame_rate.ts";
import { deliver, type DeliveredFormat, isFolderFormat, manifestName, usualValues } from "./deliver.ts";
import { type DeliveredValues, describeValues } from "./values.ts";

/** What to write, and where. */
export interface ExportOptions {
  readonly as: DeliveredFormat;
  /** Left out: coded by sRGB where frames are looked at, stored in an array. */
  readonly values?: DeliveredValues;
  /** Left out: `exports/` in the workflow's own folder. */
  readonly to?: string;
  /** Replaces what an earlier export has written. */
  readonly force?: boolean;
}

/** One instance on its way out. */
export interface Export {
  readonly name: string;
  readonly video: VideoFacts;
  readonly frames: FrameSource;
  /** A file, or a folder of images. */
  readonly path: string;
  readonly as: DeliveredFormat;
  readonly values: DeliveredValues;
  /** The text of its manifest. */
  readonly manifest?: string;
  /** How many frames are finished: more than are wanted after a run with `--frames`. */
  readonly finished: number;
}

/** Thrown between two frames when the user wants no more. */
export class Interrupted extends Error {}

/**
 * Where each of these finished instances goes. Throws WorkflowError when something is there already, before anything is
 * written, and RunError when frames are missing.
 */
export async function planExport(
  instances: readonly PlannedInstance[],
  { runs, name: workflow }: { readonly runs: string; readonly name: string },
  { as, values = usualValues(as), to, force = false }: ExportOptions,
): Promise<readonly Export[]> {
  const folder = resolve(to ?? join(workflowPaths(runs, workflow).folder, "exports"));
  await requireUsable(folder, "choose another one with --to");
  const exports: Export[] = [];
  for (const { name, key, artifact, finishedFrames: finished } of instances) {
    if (artifact.made !== "video") throw new WorkflowError(`${name} makes no video that could be exported`);
    const { video } = artifact;
    const path = join(folder, `${instanceFolderName(name)}${isFolderFormat(as) ? "_" : "."}${as}`);
    await requireFree(path, as, force);
    const paths = instancePaths(runs, key);
    const manifest = await readTextIfThere(paths.manifest);
    const frames = await openFrames(paths, video.frames);
    exports.push({
      name,
      video,
      path,
      as,
      values,
      frames,
      finished,
      ...(manifest !== undefined && { manifest }),
    });
  }
  return exports;
}

/** What is there is left alone; with --force what an export has written is not. */
async function requireFree(path: string, as: DeliveredFormat, force: boolean): Promise<void> {
  const there = await unlessAbsent(path, () => Deno.lstat(path));
  if (there === undefined) return;
  if (!force) {
    throw new WorkflowError(
      `${fromHere(path)} is there already; write --force to replace it, or another folder with --to`,
    );
  }
  const isOurs = isFolderFormat(as)
    ? there.isDirectory &&
      (await entriesIfThere(path)).every((entry) => entry.isFile && isExported(entry.name))
    : there.isFile;
  if (isOurs) return;
  const others = isFolderFormat(as) ? "holds other things than exported images" : "is no file";
  throw new WorkflowError(`${fromHere(path)} ${others}; write another folder with --to`);
}

function isExported(name: string): boolean {
  return exportedImageName.test(name) || name === manifestName;
}

/** Writes them one after the other. Throws Interrupted when a stop is requested, and what `deliver` throws. */
export async function exportInstances(
  exports: readonly Export[],
  stop: StopRequest,
  say: (text: string) => void,
): Promise<void> {
  for (const { name, video, frames, path, as, values, manifest, finished } of exports) {
    await requireWritable(dirname(path), "choose another one with --to");
    // A file is replaced by moving another there, a folder is not.
    const isReplaced = isFolderFormat(as) && await unlessAbsent(path, () => Deno.lstat(path)) !== undefined;
    const written = isReplaced ? temporaryPath(path) : path;
    const note = await deliver(as, written, stoppable(frames, stop), video, {
      values,
      ...(manifest !== undefined && { manifest }),
    });
    if (isReplaced) await replaceFolder(path, written);
    say(
      `${name}: ${video.frames} frames of ${video.height} x ${video.width}, ${rateInWords(video.fps)}, ` +
        `in ${fromHere(path)}${describeValues(values, video.transfer)}`,
    );
    if (finished > video.frames) {
      say(`${name}: ${finished} frames are finished; write --frames ${finished} to export all of them`);
    }
    if (note !== undefined) say(note);
  }
}

/** Replaces a folder, which is known to hold exported images alone, by one that is whole. */
async function replaceFolder(path: string, by: string): Promise<void> {
  const before = temporaryPath(path);
  try {
    await Deno.rename(path, before);
    await Deno.rename(by, path);
    await Deno.remove(before, { recursive: true });
  } catch (error) {
    throw cannotWrite(path, error, "--to");
  }
}

function stoppable(source: FrameSource, { flag }: StopRequest): FrameSource {
  return {
    frames: source.frames,
    frame(index) {
      if (isStopped(flag)) throw new Interrupted();
      return source.frame(index);
    },
  };
}
