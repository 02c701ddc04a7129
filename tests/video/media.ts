/**
 * Media files that are made for a test.
 * @module
 */
import { programPath } from "../../lib/video/programs.ts";

/** A picture: values of each pixel, row by row. */
export interface Picture {
  readonly height: number;
  readonly width: number;
  /** ffmpeg's name of how `values` stand for pixels: "rgb24", "rgb48be", "gray16be", "rgba" ... */
  readonly pixelFormat: string;
  readonly bytes: Uint8Array;
}

/** Has ffmpeg make a file of pictures, one after the other, by options such as `-c:v png`. */
export async function makeMedia(
  path: string,
  { height, width, pixelFormat }: Omit<Picture, "bytes">,
  frames: readonly Uint8Array[],
  options: readonly string[] = [],
): Promise<void> {
  const process = new Deno.Command(await programPath("ffmpeg"), {
    args: [
      ...["-v", "error", "-y", "-f", "rawvideo", "-pixel_format", pixelFormat],
      ...["-video_size", `${width}x${height}`, "-framerate", "25", "-i", "pipe:0", ...options, path],
    ],
    stdin: "piped",
    stderr: "piped",
  }).spawn();
  const writer = process.stdin.getWriter();
  for (const frame of frames) await writer.write(frame);
  await writer.close();
  const { success, stderr } = await process.output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
}

/** Has ffmpeg write another file of a file. */
export async function convertMedia(from: string, to: string, options: readonly string[]): Promise<void> {
  const args = ["-v", "error", "-y", "-i", from, ...options, to];
  const { success, stderr } = await new Deno.Command(await programPath("ffmpeg"), { args }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
}

/** A still image of the picture's own pixel format. */
export async function makeImage(path: string, { bytes, ...picture }: Picture): Promise<void> {
  await makeMedia(path, picture, [bytes], ["-frames:v", "1", "-pix_fmt", picture.pixelFormat]);
}

/** Numbers as 16-bit words, their first byte first. */
export function words(values: readonly number[]): Uint8Array {
  return Uint8Array.from(values.flatMap((value) => [value >> 8, value & 255]));
}

/** A gray picture of 8 bits from a function of place. */
export function grayPicture(height: number, width: number, value: (y: number, x: number) => number): Picture {
  const bytes = Uint8Array.from(
    { length: height * width },
    (_, i) => value(Math.floor(i / width), i % width),
  );
  return { height, width, pixelFormat: "gray", bytes };
}
