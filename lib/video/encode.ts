/**
 * From frames of 8-bit RGB to video files.
 * @module
 */
import type { Size } from "../frames/frame.ts";
import { exactScaling } from "./decode.ts";
import { evenFrame, evenSize, type OddSides } from "./even_sides.ts";
import { type Conversion, writeConverted } from "./ffmpeg.ts";

/** What the frames are. */
export interface Clip {
  readonly size: Size;
  /** A rational: "60000/1001". */
  readonly fps: string;
}

/** How a kind of file is written. */
export type Encoding = Omit<Conversion, "inputOptions">;

/** Nothing in the file that changes from run to run or from machine to machine. */
const reproducible = ["-an", "-fflags", "+bitexact", "-flags:v", "+bitexact", "-map_metadata", "-1"];

/**
 * FFV1 in RGB: every value is kept. (ffmpeg calls its 8-bit RGB bgr0; gbrp begins at 9 bits.) The number of slices is
 * stated, for it would follow the number of threads.
 */
const lossless: Encoding = {
  filters: ["format=bgr0"],
  outputOptions: [
    ...["-c:v", "ffv1", "-level", "3", "-g", "1", "-slices", "4", "-slicecrc", "1", "-threads", "1"],
    ...["-color_range", "pc", ...reproducible, "-f", "matroska"],
  ],
};

/** H.264 that every player and browser shows with the right colors: converted by BT.709 and tagged so. */
export const shareable: Encoding = {
  filters: [`scale=flags=${exactScaling}:in_range=pc:out_range=tv:out_color_matrix=bt709`, "format=yuv420p"],
  outputOptions: [
    ...["-c:v", "libx264", "-preset", "medium", "-crf", "14", "-threads", "4"],
    ...["-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv"],
    ...["-movflags", "+faststart", ...reproducible, "-f", "mp4"],
  ],
};

/** Writes beside the path and renames, so that a file of that name is always whole. */
async function encode(
  path: string,
  frames: AsyncIterable<Uint8Array>,
  { size, fps }: Clip,
  conversion: Encoding,
): Promise<void> {
  // Under a name of its own, for another worker of this process may write the same file; the store knows it as a leftover.
  const aside = `${path}.tmp-${Deno.pid}-${crypto.randomUUID().slice(0, 8)}`;
  const raw = ["-f", "rawvideo", "-pixel_format", "rgb24", "-video_size", `${size.width}x${size.height}`];
  try {
    await writeConverted(frames, aside, { ...conversion, inputOptions: [...raw, "-framerate", fps] });
    await Deno.rename(aside, path);
  } catch (error) {
    await Deno.remove(aside).catch(() => {});
    throw error;
  }
}

/**
 * Writes a lossless .mkv: FFV1 in RGB. Frames are height x width x 3 bytes; decoded they come back in every byte.
 * Throws ProgramError when ffmpeg fails, MissingError when there is none.
 */
export async function encodeLossless(
  path: string,
  frames: AsyncIterable<Uint8Array>,
  clip: Clip,
): Promise<void> {
  await encode(path, frames, clip, lossless);
}

/**
 * Writes a shareable .mp4: H.264, yuv420p, BT.709, limited range, ready to be played while it loads. Odd sides become
 * even as `odd` says. Throws ProgramError when ffmpeg fails, MissingError when there is none.
 */
export async function encodeShareable(
  path: string,
  frames: AsyncIterable<Uint8Array>,
  clip: Clip,
  odd: OddSides,
  conversion: Encoding = shareable,
): Promise<void> {
  const size = evenSize(clip.size, odd);
  async function* even() {
    for await (const frame of frames) yield evenFrame(frame, clip.size, size);
  }
  await encode(path, even(), { size, fps: clip.fps }, conversion);
}
