/**
 * The time line of a synthesis: which target frame is matched at which time. Output frames are times 0, 1, 2 ...;
 * the padding's times -padding .. -1 come before them and are thrown away.
 * @module
 */
import type { SynthesisSettings } from "./settings.ts";

/** How many frames come before frame 0, and in which order they visit the target. */
export type Padding = SynthesisSettings["padding"];

/** The time of the first frame: noise that is not optimized when there is padding, else frame 0 itself. */
export function firstTime(padding: Padding): number {
  return padding.frames === 0 ? 0 : -padding.frames;
}

/** The time of the first frame that is optimized; all others start from the frame before. */
export function firstOptimizedTime(padding: Padding): number {
  return firstTime(padding) + (padding.frames === 0 ? 0 : 1);
}

/**
 * The target frame that belongs to a time. Before 0 it is |time|, so that the target runs backwards into frame 0
 * (`mirrored`), or time + padding + 1 (`forward`, as in the authors' script, where it jumps back at frame 0).
 */
export function targetFrameAt(time: number, padding: Padding): number {
  if (time >= 0) return time;
  return padding.order === "mirrored" ? -time : time + padding.frames + 1;
}

/** Frames that a target must have for the padding alone. */
export function framesForPadding(padding: Padding): number {
  return padding.frames + 1;
}
