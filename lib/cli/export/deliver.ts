/**
 * Frames as the files that people take elsewhere.
 * @module
 */
import { join } from "node:path";
import type { VideoFacts } from "../../plan/stage_kind.ts";
import { npyHeader } from "../../formats/npy.ts";
import { cannotWrite, temporaryPath } from "../../store/durable_write.ts";
import { isSystemError } from "../../store/presence.ts";
import type { FrameSource } from "../../store/stage_store.ts";
import { bytesOf, wordsOf } from "./delivered_frames.ts";
import { encoders } from "./encoders.ts";
import { codedFrames, type DeliveredValues } from "./values.ts";

/** A folder of PNG files of 16 or 8 bits, one array of all frames, or a video. */
export type DeliveredFormat = "png16" | "png8" | "npy" | "mp4" | "mkv";

/** All of them. */
export const deliveredFormats = [
  "png16",
  "png8",
  "npy",
  "mp4",
  "mkv",
] as const satisfies readonly DeliveredFormat[];

/** True for the formats that are folders. */
export function isFolderFormat(as: DeliveredFormat): as is "png16" | "png8" {
  return as === "png16" || as === "png8";
}

/** What a format is for: images and videos are looked at, arrays are computed with. */
export function usualValues(as: DeliveredFormat): DeliveredValues {
  return as === "npy" ? "stored" : "coded";
}

/** Of the instance's manifest beside its images. */
export const manifestName = "manifest.json";

/** What may be said of a delivery. */
export interface DeliveryOptions {
  /** Left out: what is usual for the format. */
  readonly values?: DeliveredValues;
  /** The text of the instance's manifest, to be put beside images. */
  readonly manifest?: string;
}

/**
 * Writes frames to a path, which is whole afterwards or as it was before. A file there is replaced; a folder must not be
 * there. An array is uint8 or float32, time x height x width x 3. Resolves to what a user has to know of the file, if anything.
 * Throws RunError when it cannot be written, what `frames` throws, and MissingError when there is no ffmpeg.
 */
export async function deliver(
  as: DeliveredFormat,
  path: string,
  frames: FrameSource,
  video: VideoFacts,
  { values = usualValues(as), manifest }: DeliveryOptions = {},
): Promise<string | undefined> {
  // Written as they are from here on.
  const { transfer, ...facts } = video;
  const source = values === "coded" ? codedFrames(frames, transfer) : frames;
  if (as === "mp4" || as === "mkv") return await encoders[as](source, facts, path);
  const aside = temporaryPath(path);
  try {
    if (as === "npy") await writeArray(aside, source, facts);
    else await writeImages(aside, source, facts, as === "png16" ? 16 : 8);
    if (manifest !== undefined && isFolderFormat(as)) {
      await Deno.writeTextFile(join(aside, manifestName), manifest);
    }
    await Deno.rename(aside, path);
  } catch (error) {
    await Deno.remove(aside, { recursive: true }).catch(() => undefined);
    throw isSystemError(error) ? cannotWrite(path, error, "--to") : error;
  }
  return undefined;
}

async function writeImages(
  folder: string,
  frames: FrameSource,
  { height, width, fps }: VideoFacts,
  bits: 8 | 16,
): Promise<void> {
  const { encodeImages } = await import("../../video/encode_images.ts");
  await Deno.mkdir(folder);
  const values = bits === 16 ? wordsOf(frames) : bytesOf(frames);
  await encodeImages(folder, values, { size: { height, width }, fps }, bits);
}

/** Frame after frame, for a long clip does not fit into memory. */
async function writeArray(path: string, frames: FrameSource, { height, width }: VideoFacts): Promise<void> {
  using file = await Deno.open(path, { write: true, create: true, truncate: true });
  for (let index = 0; index < frames.frames; index++) {
    const { data } = await frames.frame(index);
    if (index === 0) await writeAll(file, npyHeader([frames.frames, height, width, 3], data));
    await writeAll(file, new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  }
  await file.sync();
}

async function writeAll(file: Deno.FsFile, bytes: Uint8Array): Promise<void> {
  for (let written = 0; written < bytes.length;) written += await file.write(bytes.subarray(written));
}
