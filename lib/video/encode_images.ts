/**
 * From frames to a folder of PNG files.
 * @module
 */
import { join } from "node:path";
import type { Clip } from "./encode.ts";
import { writeConverted } from "./ffmpeg.ts";

/** How the frames come: bytes, or words with their first byte first. */
const pixelFormats = { 8: "rgb24", 16: "rgb48be" } as const;

/**
 * Writes a PNG of each frame into a folder that is there: 000000.png, 000001.png ... Frames are height x width x 3 values of 8 or 16 bits, and come
 * back in every bit. Throws ProgramError when ffmpeg fails, MissingError when there is none.
 */
export async function encodeImages(
  folder: string,
  frames: AsyncIterable<Uint8Array>,
  { size: { height, width }, fps }: Clip,
  bits: keyof typeof pixelFormats,
): Promise<void> {
  const format = pixelFormats[bits];
  await writeConverted(frames, join(folder.replaceAll("%", "%%"), "%06d.png"), {
    inputOptions: [
      ...["-f", "rawvideo", "-pixel_format", format, "-video_size", `${width}x${height}`, "-framerate", fps],
    ],
    filters: [`format=${format}`],
    outputOptions: [
      ...["-c:v", "png", "-pix_fmt", format, "-start_number", "0", "-flags:v", "+bitexact", "-f", "image2"],
    ],
  });
}
