/**
 * From a video file to frames of 8-bit RGB.
 * @module
 */
import { RunError } from "../errors.ts";
import type { Size } from "../frames/frame.ts";
import type { ColorEncoding } from "./color_encoding.ts";
import { readConverted } from "./ffmpeg.ts";
import { scaledSize } from "./fit.ts";
import type { Fit } from "./settings.ts";

/** Which frames of a file are wanted, and how. */
export interface Decoding {
  readonly path: string;
  /** The file's own size, after rotation. */
  readonly source: Size;
  /** How the file's values stand for colors. */
  readonly color: ColorEncoding;
  /** The size of the frames that come out. */
  readonly size: Size;
  readonly fit: Fit;
  /** Index in the file of the first frame. */
  readonly start: number;
  readonly step: number;
  /** How many frames are wanted. */
  readonly count: number;
}

/** Filters that do the same on every processor: exact rounding, chroma interpolated at full resolution. */
export const exactScaling = "bicubic+accurate_rnd+full_chroma_int+full_chroma_inp+bitexact";

/** The filter that makes RGB: size, matrix and range in one step, so that nothing is rounded twice. */
function scaleFilter({ source, size, fit, color }: Decoding): string {
  const { height, width } = scaledSize(source, size, fit);
  const options = [`w=${width}`, `h=${height}`, `flags=${exactScaling}`];
  if (color.matrix !== "rgb") {
    const range = color.range === "full" ? "pc" : "tv";
    options.push(`in_color_matrix=${color.matrix}`, `in_range=${range}`, "out_range=pc");
  }
  return `scale=${options.join(":")}`;
}

function fitFilters({ size: { height, width }, fit }: Decoding): readonly string[] {
  if (fit === "crop") return [`crop=${width}:${height}`];
  if (fit === "pad") return [`pad=${width}:${height}:(ow-iw)/2:(oh-ih)/2:black`];
  return [];
}

/** The filters, in order: frames chosen first, so that no other is scaled. */
export function decodingFilters(decoding: Decoding): readonly string[] {
  const { start, step } = decoding;
  const chosen = `select='gte(n,${start})*not(mod(n-${start},${step}))'`;
  return [chosen, scaleFilter(decoding), "format=rgb24", ...fitFilters(decoding)];
}

/** Cuts a stream of pieces of any length into pieces of one length, each in its own memory. */
async function* pieces(stream: AsyncIterable<Uint8Array>, length: number): AsyncGenerator<Uint8Array> {
  let piece = new Uint8Array(length);
  let filled = 0;
  for await (let bytes of stream) {
    while (bytes.length > 0) {
      const taken = bytes.subarray(0, length - filled);
      piece.set(taken, filled);
      filled += taken.length;
      bytes = bytes.subarray(taken.length);
      if (filled === length) {
        yield piece;
        piece = new Uint8Array(length);
        filled = 0;
      }
    }
  }
}

/**
 * The frames `start`, `start + step` ... of a file, each height x width x 3 bytes of RGB. ffmpeg waits while a frame is
 * not taken, and is killed when the reader stops. The bytes do not depend on threads or processor.
 * Throws RunError when the file ends early or cannot be decoded, MissingError when there is no ffmpeg.
 */
export async function* decodeFrames(decoding: Decoding): AsyncGenerator<Uint8Array> {
  const { path, size, count } = decoding;
  const stream = readConverted(path, {
    inputOptions: ["-flags", "bitexact"],
    filters: decodingFilters(decoding),
    // Every chosen frame once, whatever its time.
    outputOptions: ["-an", "-sn", "-vsync", "passthrough", "-frames:v", `${count}`, "-f", "rawvideo"],
  });
  let decoded = 0;
  for await (const frame of pieces(stream, size.height * size.width * 3)) {
    yield frame;
    decoded++;
  }
  if (decoded < count) {
    throw new RunError(`${path} ended after ${decoded} of the ${count} frames that are wanted`);
  }
}
