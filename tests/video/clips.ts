/**
 * Small clips for tests.
 * @module
 */
import type { Size } from "../../lib/frames/frame.ts";
import { decodeFrames, type Decoding } from "../../lib/video/decode.ts";
import { probeVideo, type VideoProbe } from "../../lib/video/probe.ts";

/** Frames one after the other, as encoders take them. */
export async function* inOrder(frames: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  for (const frame of frames) yield await Promise.resolve(frame);
}

/** Bytes that no codec can guess: a frame of them for every `index`. */
export function scrambledFrame({ height, width }: Size, index: number): Uint8Array {
  return Uint8Array.from(
    { length: height * width * 3 },
    (_, i) => Math.imul(i + 1, 2654435761 + 40503 * index) >>> 24,
  );
}

/** A WAV file of eight samples of silence. */
export function silence(): Uint8Array {
  const bytes = new Uint8Array(60);
  const words = [
    0x52494646,
    0x34000000,
    0x57415645,
    0x666d7420,
    0x10000000,
    0x01000100,
    0x401f0000,
    0x803e0000,
  ];
  [...words, 0x02001000, 0x64617461, 0x10000000].forEach((word, i) =>
    new DataView(bytes.buffer).setUint32(4 * i, word)
  );
  return bytes;
}

/** A readable file's probe. */
export async function probed(path: string): Promise<VideoProbe> {
  const probe = await probeVideo(path);
  if ("unreadable" in probe) throw new Error(`${path}: ${probe.unreadable}`);
  return probe;
}

/** Frames of a file: by default all of them at their own size. */
export async function decoded(path: string, choices: Partial<Decoding> = {}): Promise<Uint8Array[]> {
  const { size, color, frames, traits: { turn } } = await probed(path);
  const all = {
    ...{ path, source: size, color, size, fit: "stretch", start: 0, step: 1, count: frames } as const,
    ...(turn !== undefined && { turn }),
  };
  return await Array.fromAsync(decodeFrames({ ...all, ...choices }));
}
