/**
 * The low-level features of frames by which stimuli are compared with their controls (Greco & Siegel, Nature Computational
 * Science 5, 2025, figure 2). The second of its four, contrast, is `rmsContrast` in `luminance.ts`; the fourth, optical flow,
 * is in `optical_flow.ts`.
 * @module
 */
import type { Frame } from "../frames/frame.ts";

/** Pixel intensity: the mean over height, width and channels, in the frame's own values (0 to 1). Sums in float64. */
export function meanIntensity({ data }: Frame): number {
  let sum = 0;
  for (let i = 0; i < data.length; i++) sum += data[i]!;
  return sum / data.length;
}

/**
 * Pixel change: the mean over height, width and channels of |x(t) - x(t - 1)|, in the frames' own values (0 to 1).
 * Throws an Error when the frames differ in size.
 */
export function pixelChange(previous: Frame, current: Frame): number {
  const [a, b] = [previous.data, current.data];
  if (a.length !== b.length) throw new Error("two frames of different sizes");
  let sum = 0;
  for (let i = 0; i < b.length; i++) sum += Math.abs(b[i]! - a[i]!);
  return sum / b.length;
}
