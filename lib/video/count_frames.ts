/**
 * How many frames of a file can be decoded, without decoding them where that is sure.
 * @module
 */
import { type Probed, type ProbedStream, probeStreams } from "./ffprobe.ts";

/** Containers in which a packet is a frame, by ffmpeg's names. */
const framed = /^(mov,mp4,|matroska,|yuv4mpegpipe$|nut$|ivf$)/;

/** Codecs of which every packet is a frame of its own in whatever container. */
const wholeFrames = new Set([
  "rawvideo",
  "mjpeg",
  "ffv1",
  "huffyuv",
  "ffvhuff",
  "utvideo",
  "png",
  "prores",
  "dnxhd",
  "v210",
  "dvvideo",
]);

/** What readers and decoders say when a file ends in the middle of something. */
const breakingOff = /partial file|ended prematurely|truncat|overread|EOI missing|LZW decode failed/i;

/** What counting found. */
export interface Count {
  readonly frames: number;
  /** The file ends before its time. */
  readonly cutShort: boolean;
}

/** Counts packets; decodes where a packet need not be a frame, and where the file has something wrong. */
export async function countFrames(
  path: string,
  { format, packets, complaints }: Exclude<Probed, { unreadable: string }>,
  stream: ProbedStream,
  still: boolean,
): Promise<Count> {
  if (!still && complaints === "" && isFramePerPacket(format, stream)) {
    // Packets before an edit's beginning are decoded for the sake of later ones, and not shown.
    return { frames: packets.filter((flags) => !flags.includes("D")).length, cutShort: false };
  }
  const decoded = await probeStreams(path, ["-select_streams", "V:0", "-count_frames"]);
  if ("unreadable" in decoded) return { frames: 0, cutShort: false };
  const frames = Number(decoded.streams[0]?.["nb_read_frames"]);
  const cutShort = breakingOff.test(complaints) || breakingOff.test(decoded.complaints);
  return { frames: frames > 0 ? frames : 0, cutShort };
}

function isFramePerPacket(format: string, stream: ProbedStream): boolean {
  const { codec_name: codec, field_order: order = "progressive" } = stream;
  if (typeof codec === "string" && wholeFrames.has(codec)) return true;
  // Of interlaced video a packet may be a field; VP8 has packets that are not shown.
  return framed.test(format) && codec !== "vp8" && (order === "progressive" || order === "unknown");
}
