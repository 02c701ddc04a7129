/**
 * The scrambled versions of a clip's frames.
 * @module
 */
import { phaseScrambler, type Scrambler } from "../../analysis/phase_scramble.ts";
import type { Frame } from "../../frames/frame.ts";
import type { Transfer } from "../../frames/transfer.ts";
import { asDelivered } from "../read_frames.ts";

/** One per version, for frames of any size, in 8 bits; a frame that was scrambled is not scrambled again. */
export function createScramblers(
  versions: number,
  seed: number,
  transfer: Transfer,
): readonly Scrambler[] {
  return Array.from({ length: versions }, (_, draw) => {
    const bySize = new Map<string, Scrambler>();
    const made = new WeakMap<Frame, Frame>();
    return (frame) => {
      const before = made.get(frame);
      if (before !== undefined) return before;
      const { height, width } = frame;
      const scramble = bySize.getOrInsertComputed(
        `${height} x ${width}`,
        () => phaseScrambler({ height, width }, seed, draw),
      );
      const scrambled = asDelivered(scramble(frame), transfer);
      made.set(frame, scrambled);
      return scrambled;
    };
  });
}
