/**
 * The playable files that are made of every video: lossless and shareable.
 * @module
 */
import { basename } from "node:path";
import type { Size } from "../../frames/frame.ts";
import type { Encoders } from "../../runner/encode_views.ts";
import { evenSize } from "../../video/even_sides.ts";
import { bytesOf } from "./delivered_frames.ts";

/** FFV1 in RGB, which keeps every value, and H.264, which plays everywhere. ffmpeg is loaded when there is something to encode. */
export const encoders = {
  async mkv(frames, { height, width, fps, transfer }, path) {
    const { encodeLossless } = await import("../../video/encode.ts");
    await encodeLossless(path, bytesOf(frames, transfer), { size: { height, width }, fps });
    return undefined;
  },
  async mp4(frames, { height, width, fps, transfer }, path) {
    const { encodeShareable } = await import("../../video/encode.ts");
    await encodeShareable(path, bytesOf(frames, transfer), { size: { height, width }, fps }, "pad");
    const added = paddingInWords({ height, width });
    return added && `${basename(path)} is padded by ${added}, for H.264 has even sides; the .mkv is not`;
  },
} satisfies Encoders;

/** What `encodeShareable` adds to an odd size: "one row and one column". */
function paddingInWords(size: Size): string | undefined {
  const even = evenSize(size, "pad");
  const added = [
    ...(even.height > size.height ? ["one row"] : []),
    ...(even.width > size.width ? ["one column"] : []),
  ];
  return added.length === 0 ? undefined : added.join(" and ");
}
