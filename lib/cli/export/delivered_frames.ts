/**
 * Stored frames as files for people hold them: coded by sRGB, as whole numbers.
 * @module
 */
import { frameFromBytes, frameToBytes } from "../../frames/bytes.ts";
import type { Frame } from "../../frames/frame.ts";
import { codedFrame, type Transfer } from "../../frames/transfer.ts";
import { bigEndian, frameToWords } from "../../frames/words.ts";
import type { FrameSource, StoredArray } from "../../store/stage_store.ts";

/** Frames of 8 bits: height x width x 3 bytes of RGB. */
export async function* bytesOf(frames: FrameSource, transfer: Transfer = "srgb"): AsyncGenerator<Uint8Array> {
  for (let index = 0; index < frames.frames; index++) {
    yield frameBytes(await frames.frame(index), transfer);
  }
}

/** One frame of 8 bits. */
export function frameBytes(stored: StoredArray, transfer: Transfer = "srgb"): Uint8Array {
  const { data } = stored;
  if (data instanceof Uint8Array && transfer === "srgb") return data;
  return frameToBytes(codedFrame(frameOfStored(stored), transfer));
}

/** Frames of 16 bits, their values as they are: height x width x 3 words of RGB, their first byte first, as PNG has them. */
export async function* wordsOf(frames: FrameSource): AsyncGenerator<Uint8Array> {
  for (let index = 0; index < frames.frames; index++) {
    yield bigEndian(frameToWords(frameOfStored(await frames.frame(index))));
  }
}

/** The frame as numbers in [0, 1]. */
export function frameOfStored({ shape, data }: StoredArray): Frame {
  const [height = 0, width = 0] = shape;
  return data instanceof Uint8Array ? frameFromBytes(data, height, width) : { height, width, data };
}
