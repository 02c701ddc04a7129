/**
 * Clips for tests of controls.
 */
import fc from "fast-check";
import type { Frame, Size } from "../../lib/frames/frame.ts";
import { uniformValues } from "../../lib/frames/noise.ts";

/** What `noiseClip` makes. */
export interface NoiseClip extends Size {
  readonly frames: number;
  readonly seed: number;
  /** Values lie between the two. */
  readonly range: readonly [number, number];
  readonly gray: boolean;
}

/** Noise in 8-bit values, other in each frame; of one color where the range is empty. */
export function noiseClip({ height, width, frames, seed, range: [low, high], gray }: NoiseClip): Frame[] {
  return Array.from({ length: frames }, (_, frame) => {
    const noise = uniformValues({ seed, frame, purpose: "generated" }, height * width * 3);
    const data = noise.map((_, i) => {
      const value = noise[gray ? 3 * Math.floor(i / 3) : i]!;
      return Math.round(255 * (low + (high - low) * value)) / 255;
    });
    return { height, width, data };
  });
}

/** Sizes that are odd, even and prime. */
export const anySize: fc.Arbitrary<Size> = fc.record({
  height: fc.integer({ min: 1, max: 17 }),
  width: fc.integer({ min: 1, max: 17 }),
});

/** Clips of one size, such as a few of them have in common. */
export function anyClip(
  { height, width }: Size,
  { gray }: { readonly gray: boolean },
): fc.Arbitrary<NoiseClip> {
  return fc.record({
    height: fc.constant(height),
    width: fc.constant(width),
    frames: fc.integer({ min: 1, max: 3 }),
    seed: fc.nat(1000),
    range: fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })),
    gray: fc.constant(gray),
  });
}
