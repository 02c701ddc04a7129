/**
 * Frames of a script as a file.
 * @module
 */
import { extname } from "node:path";
import { RunError } from "../../errors.ts";
import type { Frame } from "../../frames/frame.ts";
import type { Transfer } from "../../frames/transfer.ts";
import { entriesIfThere, unlessAbsent } from "../../store/presence.ts";
import { listed, quoted } from "../../workflow/wording.ts";
import { deliver, type DeliveredFormat, deliveredFormats, isFolderFormat } from "../export/deliver.ts";

/** How frames are written. */
export interface WriteFramesChoices {
  /** A rational: "60000/1001". Left out: "25/1". */
  readonly fps?: string;
  /** How the values follow light; images and videos are coded by sRGB. Left out: they are coded by sRGB already. */
  readonly transfer?: Transfer;
  /** Left out: by the path's ending, .mp4, .mkv or .npy; a path without one is a folder of 16-bit PNG. */
  readonly as?: DeliveredFormat;
}

const formatsByEnding: Readonly<Record<string, DeliveredFormat>> = {
  "": "png16",
  ".mp4": "mp4",
  ".mkv": "mkv",
  ".npy": "npy",
};

/**
 * Writes frames as images (000000.png ... in a folder), as an array (float32, time x height x width x 3) or as a video.
 * A file that is there is replaced, a folder is not. What is written is whole, or not there.
 * Throws a RunError when there are no frames, they have different sizes, the ending or the format is not known, or a folder is there;
 * a MissingError when there is no ffmpeg.
 */
export async function writeFrames(
  path: string,
  frames: readonly Frame[],
  { fps = "25/1", transfer = "srgb", as = formatsByEnding[extname(path)] }: WriteFramesChoices = {},
): Promise<void> {
  const [first] = frames;
  if (first === undefined) throw new RunError(`no frames for ${path}`);
  if (as === undefined) {
    throw new RunError(`${path} must end in .mp4, .mkv or .npy, or be a folder for images`);
  }
  const { height, width } = first;
  const other = frames.find((frame) => frame.height !== height || frame.width !== width);
  if (other !== undefined) {
    throw new RunError(`frames of ${height} x ${width} and of ${other.height} x ${other.width} for ${path}`);
  }
  if (!deliveredFormats.includes(as)) {
    throw new RunError(`there is no format ${quoted(as)}; there are ${listed(deliveredFormats)}`);
  }
  await requireFree(path, as);
  const source = {
    frames: frames.length,
    frame(index: number) {
      const frame = frames[index];
      if (frame === undefined) throw new Error(`frame ${index} of ${frames.length} was asked for`);
      return Promise.resolve({ shape: [height, width, 3], data: frame.data });
    },
  };
  await deliver(as, path, source, {
    ...{ height, width, frames: frames.length, fps },
    ...(transfer !== "srgb" && { transfer }),
  });
}

/** A file takes the place of a file; whatever else is there stays. */
async function requireFree(path: string, as: DeliveredFormat): Promise<void> {
  const there = await unlessAbsent(path, () => Deno.lstat(path));
  if (there === undefined || (there.isFile && !isFolderFormat(as))) return;
  const what = there.isDirectory ? `, a folder of ${(await entriesIfThere(path)).length} files` : "";
  throw new RunError(`${path} is there already${what}; remove it or write to another path`);
}
