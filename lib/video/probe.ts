/**
 * What a video file is: size, number of frames, frame rate, color encoding.
 * @module
 */
import type { Size } from "../frames/frame.ts";
import { type ColorEncoding, colorEncoding } from "./color_encoding.ts";
import { type ProbedStream, probeStreams } from "./ffmpeg.ts";
import { lowestTerms, rateValue, standardRate } from "./rate.ts";

/** A readable video file. */
export interface VideoProbe {
  /** As it is shown, after the rotation that phones write into the file. Pixels count as square. */
  readonly size: Size;
  /** Counted by decoding them all. A still image has 1. */
  readonly frames: number;
  /** A rational in lowest terms; undefined for a still image and where the file carries none. */
  readonly fps: string | undefined;
  readonly still: boolean;
  readonly color: ColorEncoding;
  readonly pixelFormat: string;
  /** "128:117" where pixels are not square. */
  readonly pixelAspect: string | undefined;
  readonly codec: string;
}

/** A file that cannot be used, with the reason in a few words. */
export interface ProbeFailure {
  readonly unreadable: string;
}

/** Reads what a file is. Throws MissingError when there is no ffprobe; an unreadable file is a value. */
export async function probeVideo(path: string): Promise<VideoProbe | ProbeFailure> {
  // V is the first video stream that is not a cover picture.
  const probed = await probeStreams(path, ["-select_streams", "V:0", "-count_frames"]);
  if ("unreadable" in probed) return probed;
  const stream = probed.streams[0];
  if (stream === undefined) return { unreadable: "there is no video in it" };
  const [coded, frames] = [codedSize(stream), Number(stream["nb_read_frames"])];
  if (coded === undefined || !(frames > 0)) return { unreadable: "no frame in it can be decoded" };
  const still = /^(image2|.*_pipe)$/.test(probed.format) && frames === 1;
  const pixelFormat = text(stream, "pix_fmt");
  const rows = coded.height;
  const tags = { pixelFormat, matrix: text(stream, "color_space"), range: text(stream, "color_range"), rows };
  const aspect = text(stream, "sample_aspect_ratio");
  return {
    size: isTurned(stream) ? { height: coded.width, width: coded.height } : coded,
    frames,
    fps: still ? undefined : rateOf(stream),
    still,
    color: colorEncoding(tags),
    pixelFormat,
    pixelAspect: /^(1:1|0:1|N\/A)?$/.test(aspect) ? undefined : aspect,
    codec: text(stream, "codec_name"),
  };
}

function text(stream: ProbedStream, name: string): string {
  const value = stream[name];
  return value === undefined ? "" : String(value);
}

function codedSize(stream: ProbedStream): Size | undefined {
  const [height, width] = [Number(stream["height"]), Number(stream["width"])];
  return height > 0 && width > 0 ? { height, width } : undefined;
}

/** True when the file asks to be shown turned by 90 or 270 degrees; ffmpeg turns the frames when it decodes. */
function isTurned(stream: ProbedStream): boolean {
  const tags = stream["tags"];
  const tagged = typeof tags === "object" && tags !== null && "rotate" in tags ? tags.rotate : 0;
  return Math.abs(Number(stream["rotation"] ?? tagged)) % 180 === 90;
}

/**
 * The nominal rate, unless the average is another by more than half a percent: then the times of the frames are
 * uneven and the average is the better number.
 */
function rateOf(stream: ProbedStream): string | undefined {
  const nominal = lowestTerms(text(stream, "r_frame_rate"));
  const average = lowestTerms(text(stream, "avg_frame_rate"));
  if (nominal === undefined || average === undefined) return average ?? nominal;
  const even = Math.abs(rateValue(nominal) / rateValue(average) - 1) < 0.005;
  return standardRate(even ? nominal : average);
}
