/**
 * The scrambled versions of a clip's frames.
 * @module
 */
import { scrambleFrame } from "../../controls/phase_scramble.ts";
import type { Fourier } from "../../frames/fourier.ts";
import type { Frame } from "../../frames/frame.ts";
import { uniformValues } from "../../frames/noise.ts";
import type { Transfer } from "../../frames/transfer.ts";
import { asDelivered } from "../read_frames.ts";

/** Scrambles frames of any size. */
export type Scrambler = (frame: Frame) => Frame;

/**
 * One per version, in 8 bits; a frame that was scrambled is not scrambled again. A version adds one field of angles to the
 * phases of every frame and of every channel: a clip keeps its amplitudes in space and time, and its colors their
 * correlations.
 */
export function createScramblers(
  fourier: Fourier,
  versions: number,
  seed: number,
  transfer: Transfer,
): readonly Scrambler[] {
  return Array.from({ length: versions }, (_, draw) => {
    const noises = new Map<string, Float32Array>();
    const made = new WeakMap<Frame, Frame>();
    return (frame) => {
      const before = made.get(frame);
      if (before !== undefined) return before;
      const { height, width } = frame;
      const noise = noises.getOrInsertComputed(
        `${height} x ${width}`,
        () => uniformValues({ seed, frame: draw, purpose: "scrambled" }, height * width),
      );
      const scrambled = asDelivered(scrambleFrame(fourier, frame, [noise], "add"), transfer);
      made.set(frame, scrambled);
      return scrambled;
    };
  });
}
