/**
 * Uniform noise that is a function of (seed, frame, purpose, position) alone: nothing depends on what ran before.
 * @module
 */
import type { Frame } from "./frame.ts";
import { philox4x32 } from "./philox.ts";

/** What a noise frame is for; each purpose draws from its own stream. The numbers are part of a stimulus: never change one. */
export const noisePurposes = {
  /** The frame that everything starts from, which is not optimized itself (t = -padding). */
  firstFrame: 0,
  /** Where the first transition starts. */
  firstStart: 1,
  /** What is blended into the previous frame where the other transitions start. */
  blend: 2,
  /** Generated clips (`frames/generated`). */
  generated: 3,
  /** The phases by which an analysis scrambles frames; `frame` counts the scrambled versions. */
  scrambled: 4,
  /** The angles by which a control scrambles the phases of frames; `frame` is 3 times the frame's number + the channel. */
  frameAngles: 5,
  /** The angles by which a control scrambles the phases of a clip; `frame` as before. */
  clipAngles: 6,
  /** Which values an analysis draws again for a bootstrap interval. */
  bootstrap: 16,
  /** The order of shuffled frames. */
  shuffledFrames: 10,
  /** The order of scrambled blocks. */
  scrambledBlocks: 11,
  /** Amplitudes and phases of a warp. */
  warp: 12,
  /** The order of pixels that are equal in all else, where a histogram is given. */
  equalPixels: 13,
} as const;

/** One of the uses of noise. */
export type NoisePurpose = keyof typeof noisePurposes;

/** What decides a noise frame beside its size. */
export interface NoiseKey {
  /** 0 to 2^53 - 1; the two words of the Philox key, low word first. */
  readonly seed: number;
  /** Output frame number; padding frames are negative. */
  readonly frame: number;
  readonly purpose: NoisePurpose;
}

/**
 * Values of U(0, 1), in [0, 1 - 2^-24]: `count` of them, of the stream that belongs to `key`.
 * Philox4x32-10 with key = seed and counter = (index / 4, frame, purpose, 0); a value is (word >>> 8) 2^-24.
 */
export function uniformValues(key: NoiseKey, count: number): Float32Array {
  const words = new Uint32Array(4);
  const values = new Float32Array(count);
  const high = Math.floor(key.seed / 2 ** 32);
  const purpose = noisePurposes[key.purpose];
  for (let index = 0; index < count; index += 4) {
    philox4x32(words, key.seed, high, index / 4, key.frame, purpose, 0);
    for (let word = 0; word < 4 && index + word < count; word++) {
      values[index + word] = (words[word]! >>> 8) * 2 ** -24;
    }
  }
  return values;
}

/** A frame of U(0, 1) noise. Values run over height, width, channel. */
export function uniformNoise(key: NoiseKey, height: number, width: number): Frame {
  return { height, width, data: uniformValues(key, height * width * 3) };
}
