/**
 * What is made equal, and how.
 * @module
 */
import type { EqualizedValues } from "./planes.ts";

/** The choices of an equalization. */
export interface EqualizeChoices extends EqualizedValues {
  /** Mean and RMS contrast; or the whole histogram of 256 levels of coded values, exactly. */
  readonly match: "luminance" | "histogram";
  /** Whether the rotational average of the frames' amplitude spectra is made equal before that. */
  readonly spectrum: "none" | "rotational";
  /** Each clip as a whole gets the same statistics, or each frame. */
  readonly over: "clip" | "frame";
  /** In the place of the clips' mean; above 0 and below 1. */
  readonly mean?: number;
  /** In the place of the clips' RMS contrast; above 0, 0.5 at most. */
  readonly contrast?: number;
  /** Of the order of pixels that are equal in all else; 0 to 2^32 - 1. */
  readonly seed: number;
}
