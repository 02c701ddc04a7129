/**
 * The playable files that are made of every video: lossless and shareable.
 * @module
 */
import { frameToBytes } from "../frames/bytes.ts";
import type { Encoders } from "../runner/encode_views.ts";
import type { FrameSource } from "../store/stage_store.ts";

/** FFV1 in RGB, which keeps every value, and H.264, which plays everywhere. ffmpeg is loaded when there is something to encode. */
export const encoders: Encoders = {
  async mkv(frames, { height, width, fps }, path) {
    const { encodeLossless } = await import("../video/encode.ts");
    await encodeLossless(path, bytesOf(frames), { size: { height, width }, fps });
  },
  async mp4(frames, { height, width, fps }, path) {
    const { encodeShareable } = await import("../video/encode.ts");
    await encodeShareable(path, bytesOf(frames), { size: { height, width }, fps }, "pad");
  },
};

async function* bytesOf(frames: FrameSource): AsyncGenerator<Uint8Array> {
  for (let index = 0; index < frames.frames; index++) {
    const { shape: [height = 0, width = 0], data } = await frames.frame(index);
    yield data instanceof Uint8Array ? data : frameToBytes({ height, width, data });
  }
}
