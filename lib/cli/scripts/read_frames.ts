/**
 * The frames of a file for a script.
 * @module
 */
import { basename, resolve } from "node:path";
import { frameFromBytes } from "../../frames/bytes.ts";
import type { Frame } from "../../frames/frame.ts";
import type { Transfer } from "../../frames/transfer.ts";
import { RunError } from "../../errors.ts";
import { framesOf } from "../../stages/video/frames_of.ts";
import { inspectVideo } from "../../stages/video/inspect.ts";
import { mediaOf } from "../../stages/video/media.ts";
import { sha256OfFile } from "../../store/checksum.ts";
import { unlessAbsent } from "../../store/presence.ts";
import { listImages } from "../../video/image_sequence.ts";
import type { VideoSettings } from "../../video/settings.ts";
import { describeProblem } from "../../workflow/problems.ts";
import { formatPath } from "../../workflow/located.ts";

/** Which frames are read, and as what: the words of a workflow's `videos`. All of it may be left out. */
export interface ReadFramesChoices {
  /** Index of the first frame; left out: 0. */
  readonly start?: number;
  /** How many; left out: all. */
  readonly frames?: number;
  /** Every how many frames one is read; left out: 1. */
  readonly step?: number;
  /** In pixels; a side that is left out follows from the other and the file's shape. */
  readonly height?: number;
  /** In pixels. */
  readonly width?: number;
  /** How a frame of another shape becomes one of this size; left out: stretched. */
  readonly fit?: "stretch" | "crop" | "pad";
  /** A rational in lowest terms, for images; left out: "25/1". */
  readonly fps?: string;
  /** Left out: colors as they are. */
  readonly color?: "rgb" | "gray";
  /** Which values the frames are to have; left out: coded ones, as files hold them. */
  readonly transfer?: Transfer;
}

/** Frames of one size. */
export interface ReadFrames {
  /** In order. */
  readonly frames: readonly Frame[];
  /** A rational: "60000/1001". */
  readonly fps: string;
}

const defaults = { start: 0, step: 1, fit: "stretch", color: "rgb", transfer: "srgb" } as const;

/**
 * The frames of a video file, of a still image (one frame, unless `frames` says how many), or of a sequence of images: a
 * folder, or a pattern such as `frames/*.png`. Values are float32 in [0, 1], of 8 bits value / 255, of 16 bits
 * value / 65535, and what `transfer` says.
 *
 * All of them are in memory at once: say `frames` of a long clip. Throws a RunError when the file cannot be read or has
 * not so many frames, a MissingError when there is no ffmpeg.
 *
 * @example
 * ```ts
 * import { readFrames, writeFrames } from "./mod.ts";
 *
 * async function firstSecondAsImages(clip: string, folder: string): Promise<void> {
 *   const { frames, fps } = await readFrames(clip, { height: 240, frames: 25, color: "gray" });
 *   await writeFrames(folder, frames, { fps, as: "png16" });
 * }
 * ```
 */
export async function readFrames(path: string, choices: ReadFramesChoices = {}): Promise<ReadFrames> {
  const settings: VideoSettings = await isSequence(path)
    ? { ...defaults, ...choices, files: path }
    : { ...defaults, ...choices, file: path };
  const folder = Deno.cwd();
  const problems: string[] = [];
  const inspected = await inspectVideo(
    settings,
    folder,
    (place, problem) => problems.push(describeProblem(problem, formatPath(place))),
    sha256OfFile,
    (_question, _sha256, answer) => answer(),
  );
  if (inspected === undefined) throw new RunError(problems.join("\n"));
  const { height, width, frames: available, fps } = inspected.video;
  const isStill = mediaOf(settings, inspected)?.details.kind === "still image";
  const count = isStill ? choices.frames ?? 1 : available;
  const images = "files" in settings ? await listImages(resolve(folder, settings.files)) : undefined;
  if (images !== undefined && "problem" in images) throw new RunError(`${path} changed while it was read`);
  const wanted = { size: { height, width }, first: 0, count, images };
  const facts = { videos: {}, models: {}, inspected };
  const frames: Frame[] = [];
  for await (const data of framesOf(settings, { folder, facts }, wanted)) {
    frames.push(data instanceof Uint8Array ? frameFromBytes(data, height, width) : { height, width, data });
  }
  return { frames, fps };
}

/** A folder, or a pattern that is not the very name of a file. */
async function isSequence(path: string): Promise<boolean> {
  const found = await unlessAbsent(path, () => Deno.stat(path));
  return found === undefined ? /[*?[]/.test(basename(path)) : found.isDirectory;
}
