/**
 * From a video file, a still image or a sequence of images to frames of 8-bit RGB.
 * @module
 */
import { RunError } from "../errors.ts";
import type { Size } from "../frames/frame.ts";
import type { ColorEncoding } from "./color_encoding.ts";
import { readConverted } from "./ffmpeg.ts";
import { scaledSize } from "./fit.ts";
import type { Fit } from "./settings.ts";
import type { StreamTraits } from "./stream_traits.ts";

/** Which frames of a file are wanted, and how. */
export interface Decoding {
  /** Of the file, or the name of the images. */
  readonly path: string;
  /** Absolute paths of all images of a sequence, each of them a frame. */
  readonly images?: readonly string[];
  /** The file's own size, after rotation. */
  readonly source: Size;
  /** How the file's values stand for colors. */
  readonly color: ColorEncoding;
  /** How the file asks to be turned. */
  readonly turn?: NonNullable<StreamTraits["turn"]>;
  /** The size of the frames that come out. */
  readonly size: Size;
  readonly fit: Fit;
  /** Index in the file of the first frame. */
  readonly start: number;
  readonly step: number;
  /** How many frames are wanted. */
  readonly count: number;
}

/** Values as ffmpeg hands them over: per pixel three of 8 or 16 bits (little endian), with alpha four. */
export type RawFormat = "rgb24" | "rgb48le" | "rgba" | "rgba64le";

const bytesPerPixel: Readonly<Record<RawFormat, number>> = { rgb24: 3, rgb48le: 6, rgba: 4, rgba64le: 8 };

/** Filters that do the same on every processor: exact rounding, chroma interpolated at full resolution. */
export const exactScaling = "bicubic+accurate_rnd+full_chroma_int+full_chroma_inp+bitexact";

/** The filter that makes RGB: size, matrix and range in one step, so that nothing is rounded twice. */
function scaleFilter({ height, width }: Size, color: ColorEncoding): string {
  const options = [`w=${width}`, `h=${height}`, `flags=${exactScaling}`];
  if (color.matrix !== "rgb") {
    const range = color.range === "full" ? "pc" : "tv";
    options.push(`in_color_matrix=${color.matrix}`, `in_range=${range}`, "out_range=pc");
  }
  return `scale=${options.join(":")}`;
}

/** ffmpeg's filters that turn a frame clockwise. */
const turns = { 90: ["transpose=clock"], 180: ["hflip", "vflip"], 270: ["transpose=cclock"] } as const;

/** The filters, in order: frames chosen first, so that no other is scaled. */
export function decodingFilters(decoding: Decoding, format: RawFormat, scaled: Size): readonly string[] {
  const { start, step, images, turn, color } = decoding;
  const chosen = images === undefined ? [`select='gte(n,${start})*not(mod(n-${start},${step}))'`] : [];
  const turned = turn === undefined ? [] : turns[turn];
  return [...chosen, ...turned, scaleFilter(scaled, color), `format=${format}`];
}

function fitFilters({ size: { height, width }, fit }: Decoding): readonly string[] {
  if (fit === "crop") return [`crop=${width}:${height}`];
  if (fit === "pad") return [`pad=${width}:${height}:(ow-iw)/2:(oh-ih)/2:black`];
  return [];
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
 * The frames `start`, `start + step` ... as bytes of a raw format and size, which `filters` make. ffmpeg waits while a
 * frame is not taken, and is killed when the reader stops. The bytes do not depend on threads or processor.
 * Throws RunError when the file ends early or cannot be decoded, MissingError when there is no ffmpeg.
 */
export async function* decodeRaw(
  { path, images, start, step, count }: Decoding,
  format: RawFormat,
  { height, width }: Size,
  filters: readonly string[],
): AsyncGenerator<Uint8Array> {
  const chosen = images?.filter((_, index) => index >= start && (index - start) % step === 0).slice(0, count);
  const input = chosen === undefined ? path : { name: path, images: chosen };
  const stream = readConverted(input, {
    // Turned by our own filters, for ffmpeg and ffprobe of different age read different things. A damaged image ends
    // it all: left out, it would let the next one take its place.
    inputOptions: ["-flags", "bitexact", "-noautorotate", ...(chosen === undefined ? [] : ["-xerror"])],
    filters,
    // Every chosen frame once, whatever its time.
    outputOptions: ["-an", "-sn", "-vsync", "passthrough", "-frames:v", `${count}`, "-f", "rawvideo"],
  });
  let decoded = 0;
  for await (const frame of pieces(stream, height * width * bytesPerPixel[format])) {
    yield frame;
    decoded++;
  }
  if (decoded < count) {
    throw new RunError(`${path} ended after ${decoded} of the ${count} frames that are wanted`);
  }
}

/** The frames `start`, `start + step` ... of a file, each height x width x 3 bytes of RGB. Throws as `decodeRaw` does. */
export function decodeFrames(decoding: Decoding): AsyncGenerator<Uint8Array> {
  const { source, size, fit } = decoding;
  const scaled = decodingFilters(decoding, "rgb24", scaledSize(source, size, fit));
  return decodeRaw(decoding, "rgb24", size, [...scaled, ...fitFilters(decoding)]);
}
