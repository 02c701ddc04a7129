/**
 * The resolutions through which a frame is made.
 * @module
 */
import type { Frame, Size } from "../frames/frame.ts";
import { resizeBilinear } from "../frames/resize.ts";
import { keyframeValue } from "./keyframes.ts";
import type { Keyframes, OctaveSettings, OctaveStep, Resample } from "./settings.ts";

/** The smallest side in pixels that an octave may have. */
export const smallestOctaveSide = 16;

/**
 * Size of a video at an octave: floor(side x scale^octave + 1e-6). The small number keeps sides whose product is whole
 * up to rounding (150 / 1.5 = 100).
 */
export function octaveSize(full: Size, { octave, scale }: Pick<OctaveSettings, "octave" | "scale">): Size {
  const side = (pixels: number) => Math.floor(pixels * scale ** octave + 1e-6);
  return { height: side(full.height), width: side(full.width) };
}

/** How many updates a frame gets: between keyframes the nearest whole number. */
export function wholeIterations(iterations: Keyframes, frame: number): number {
  return Math.round(keyframeValue(iterations, frame));
}

/** The schedule with its keyframes read at a frame, without the octaves that have no iterations there. */
export function octaveSteps(octaves: readonly OctaveSettings[], frame: number): OctaveStep[] {
  return octaves.map((step) => ({
    octave: step.octave,
    scale: step.scale,
    iterations: wholeIterations(step.iterations, frame),
    learning_rate: keyframeValue(step.learning_rate, frame),
    total_variation: keyframeValue(step.total_variation, frame),
    ...(step.temporal !== undefined && { temporal: keyframeValue(step.temporal, frame) }),
  })).filter(({ iterations }) => iterations > 0);
}

/**
 * A frame at every octave of the schedule: each resized from full size (`original`, the paper's formula), or from the
 * octave before (`cascade`, the authors' code: once shrunk it stays blurred).
 */
export function atOctaves(
  frame: Frame,
  steps: readonly Pick<OctaveSettings, "octave" | "scale">[],
  resample: Resample,
): Frame[] {
  const made: Frame[] = [];
  for (const step of steps) {
    const { height, width } = octaveSize(frame, step);
    const source = resample === "cascade" ? made.at(-1) ?? frame : frame;
    made.push(resizeBilinear(source, height, width));
  }
  return made;
}
