/**
 * What a video file is: size, number of frames, frame rate, color encoding.
 * @module
 */
import { z } from "zod";
import { colorEncoding } from "./color_encoding.ts";
import { countFrames } from "./count_frames.ts";
import { type ProbedStream, probeStreams } from "./ffprobe.ts";
import { isPlaylistFormat, playlistAt } from "./playlist.ts";
import { isText } from "./plain_text.ts";
import { lowestTerms, rateValue, standardRate } from "./rate.ts";
import { type StreamTraits, streamTraits, streamTraitsSchema } from "./stream_traits.ts";
import { type ProbeFailure, unreadable } from "./unreadable.ts";

const side = z.int().positive();

/** A readable video file, as it can be remembered. */
export const videoProbeSchema = z.readonly(z.object({
  /** As it is shown, after the rotation that phones write into the file. Pixels count as square. */
  size: z.readonly(z.object({ height: side, width: side })),
  /** Those that can be read. A still image has 1. */
  frames: z.int().positive(),
  /** True when the file ends before its time: more frames were written than are there. */
  cutShort: z.boolean(),
  /** A rational in lowest terms; absent for a still image and where the file carries none. */
  fps: z.string().exactOptional(),
  /** A rate that the file states and nobody can mean. There is no `fps` then. */
  unlikelyFps: z.string().exactOptional(),
  still: z.boolean(),
  color: z.readonly(z.object({
    matrix: z.enum(["bt601", "bt709", "fcc", "smpte240m", "bt2020", "rgb"]),
    range: z.enum(["limited", "full"]),
    assumed: z.boolean(),
  })),
  pixelFormat: z.string(),
  /** "128:117" where pixels are not square. */
  pixelAspect: z.string().exactOptional(),
  codec: z.string(),
  traits: streamTraitsSchema,
}));

/** A readable video file. */
export type VideoProbe = z.infer<typeof videoProbeSchema>;

/** Raised when another probe of the same file may come out, so that no earlier one is remembered. */
export const probeVersion = 5;

/**
 * Reads what a regular file is. An unreadable file is a value. Nothing but this file is opened, whatever it names.
 * Throws MissingError when there is no ffprobe, and Deno.errors.NotFound.
 */
export async function probeVideo(path: string): Promise<VideoProbe | ProbeFailure> {
  if ((await Deno.stat(path)).size === 0) return unreadable.empty();
  const playlist = await playlistAt(path);
  if (playlist !== undefined) return unreadable.playlist(playlist);
  // V is the first video stream that is not a cover picture.
  const probed = await probeStreams(path, [
    "-select_streams",
    "V:0",
    "-show_entries",
    "packet=flags,pts_time",
  ]);
  if ("unreadable" in probed) {
    return await isText(path) ? unreadable.text() : unreadable.asTold(probed.unreadable);
  }
  if (probed.format === "tty") return unreadable.text();
  if (isPlaylistFormat(probed.format)) return unreadable.playlist(probed.format);
  const stream = probed.streams[0];
  if (stream === undefined) return unreadable.noVideo();
  const coded = codedSize(stream);
  if (coded === undefined) return unreadable.asTold(probed.complaints);
  const still = /^(image2|.*_pipe)$/.test(probed.format) && probed.packets.length === 1;
  const { frames, cutShort } = await countFrames(path, probed, stream, still);
  if (frames === 0) return unreadable.noFrame();
  if (still && cutShort) return unreadable.cutShort();
  const pixelFormat = text(stream, "pix_fmt");
  const rows = coded.height;
  const tags = { pixelFormat, matrix: text(stream, "color_space"), range: text(stream, "color_range"), rows };
  const aspect = text(stream, "sample_aspect_ratio");
  const traits = streamTraits(stream, probed.times);
  return {
    size: isTurned(traits) ? { height: coded.width, width: coded.height } : coded,
    frames,
    cutShort,
    ...(!still && rateOf(stream)),
    still,
    color: colorEncoding(tags),
    pixelFormat,
    ...(!/^(1:1|0:1|N\/A)?$/.test(aspect) && { pixelAspect: aspect }),
    codec: text(stream, "codec_name"),
    traits,
  };
}

function text(stream: ProbedStream, name: string): string {
  const value = stream[name];
  return value === undefined ? "" : String(value);
}

function codedSize(stream: ProbedStream): VideoProbe["size"] | undefined {
  const [height, width] = [Number(stream["height"]), Number(stream["width"])];
  return height > 0 && width > 0 ? { height, width } : undefined;
}

/** True when the file asks to be shown turned by 90 or 270 degrees. */
function isTurned({ turn }: StreamTraits): boolean {
  return turn === 90 || turn === 270;
}

/** Cameras that are faster give their files a rate at which they can be watched. */
const fastest = 1000;

/**
 * The nominal rate, unless the average is another by more than half a percent: then the times of the frames are
 * uneven and the average is the better number.
 */
function rateOf(stream: ProbedStream): Pick<VideoProbe, "fps" | "unlikelyFps"> {
  const nominal = lowestTerms(text(stream, "r_frame_rate"));
  const average = lowestTerms(text(stream, "avg_frame_rate"));
  if (nominal === undefined || average === undefined) return likely(average ?? nominal);
  const even = Math.abs(rateValue(nominal) / rateValue(average) - 1) < 0.005;
  return likely(standardRate(even ? nominal : average));
}

function likely(fps: string | undefined): Pick<VideoProbe, "fps" | "unlikelyFps"> {
  if (fps === undefined) return {};
  return rateValue(fps) <= fastest ? { fps } : { unlikelyFps: fps };
}
