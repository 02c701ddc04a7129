/**
 * Parameters of the clips that Metamer makes itself, their defaults and sizes. Ranges are checked where settings are read
 * (`stages/video/generate_schema.ts`).
 * @module
 */
import type { Size } from "../frame.ts";

/** A camera drifting through a cloud of occluding disks with natural colors. Lengths are in image heights. */
export interface DeadLeavesSettings {
  readonly name: "dead_leaves";
  readonly seed: number;
  /** How fast the camera moves: 1 is a walking camera at 25 frames per second; 0 a still picture. */
  readonly speed: number;
  /** Radius of the smallest and of the largest disks at rest, in image heights. */
  readonly smallest: number;
  readonly largest: number;
}

/** A drifting sinusoid on gray. */
export interface GratingSettings {
  readonly name: "grating";
  /** Michelson contrast, 0 to 1. */
  readonly contrast: number;
  /** Mean value, 0 to 1. */
  readonly mean: number;
  /** Cycles per image height. */
  readonly cycles: number;
  /** Where it moves, in degrees: 0 is right, 90 is up. */
  readonly direction: number;
  /** Cycles per frame; below 0.5, or it seems to move backwards. */
  readonly drift: number;
  /** Phase of frame 0 at the center, in degrees: 0 is a crest. */
  readonly phase: number;
}

/** Gaussian noise around middle gray, with a chosen spectrum in space and lifetime in time. */
export interface NoiseSettings {
  readonly name: "noise";
  readonly seed: number;
  /** Amplitude falls as frequency^-exponent in space: 0 is white, 1 is like natural images. */
  readonly exponent: number;
  /** For how many frames a pattern lasts (full width at half maximum of its correlation); 1 is fresh at every frame. */
  readonly lifetime: number;
  /** Standard deviation of the values; what falls outside [0, 1] is clipped. */
  readonly contrast: number;
  /** Three independent channels, or one for all. */
  readonly colored: boolean;
}

/** Parameters of any generated clip. */
export type GeneratorSettings = DeadLeavesSettings | GratingSettings | NoiseSettings;

/** The names that may stand at `generate:`. */
export type GeneratorName = GeneratorSettings["name"];

/** What each generator's parameters are when left out. */
export const generatorDefaults: { readonly [N in GeneratorName]: Extract<GeneratorSettings, { name: N }> } = {
  dead_leaves: { name: "dead_leaves", seed: 1, speed: 1, smallest: 0.006, largest: 0.3 },
  grating: { name: "grating", contrast: 0.5, mean: 0.5, cycles: 8, direction: 0, drift: 0.05, phase: 0 },
  noise: { name: "noise", seed: 1, exponent: 1, lifetime: 1, contrast: 0.2, colored: false },
};

/** What a generated clip has when the workflow leaves it out; its width follows the height at 16:9. */
export const generatedClipDefaults = { height: 360, frames: 120, fps: "25/1" } as const;

/** Size of a generated clip: the nearest even side that makes it 16:9 where one is left out, 360 x 640 where both are. */
export function generatedSize(height: number | undefined, width: number | undefined): Size {
  if (height !== undefined) return { height, width: width ?? 2 * Math.round((height * 8) / 9) };
  if (width !== undefined) return { height: 2 * Math.round((width * 9) / 32), width };
  return generatedSize(generatedClipDefaults.height, undefined);
}
