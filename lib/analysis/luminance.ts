/**
 * Luminance: of a frame its mean and contrast, over time whether a clip flickers.
 * @module
 */
import type { Frame } from "../frames/frame.ts";
import { grayValues } from "../frames/gray.ts";

/** The mean over a frame of its gray (0.299 R + 0.587 G + 0.114 B), in float64. */
export function meanLuminance(frame: Frame): number {
  return meanOf(grayValues(frame), (value) => value);
}

/** RMS contrast: the standard deviation over a frame of its gray, in the frame's own values, with n in the denominator. */
export function rmsContrast(frame: Frame): number {
  const gray = grayValues(frame);
  const mean = meanOf(gray, (value) => value);
  return Math.sqrt(meanOf(gray, (value) => (value - mean) ** 2));
}

/**
 * The mean over the pixels of |x(t - 1) - 2 x(t) + x(t + 1)|, x being gray: 0 for what stays or changes evenly, large for
 * what goes to and fro. Throws an Error when the frames differ in size.
 */
export function secondDifference(before: Frame, now: Frame, after: Frame): number {
  const [a, b, c] = [grayValues(before), grayValues(now), grayValues(after)];
  if (a.length !== b.length || b.length !== c.length) throw new Error("three frames of different sizes");
  return meanOf(b, (value, i) => Math.abs(a[i]! - 2 * value + c[i]!));
}

function meanOf(values: Float32Array, of: (value: number, index: number) => number): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += of(values[i]!, i);
  return sum / values.length;
}
