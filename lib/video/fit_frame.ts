/**
 * A decoded frame at the size that is wanted.
 * @module
 */
import type { Frame, Size } from "../frames/frame.ts";
import { scaleBicubic } from "../frames/scale_bicubic.ts";
import { scaledSize } from "./fit.ts";
import type { Fit } from "./settings.ts";

/** Stretched, cut at the middle, or filled up with black. */
export function fitFrame(frame: Frame, size: Size, fit: Fit): Frame {
  const scaled = scaleBicubic(frame, scaledSize(frame, size, fit));
  if (scaled.height === size.height && scaled.width === size.width) return scaled;
  const data = new Float32Array(size.height * size.width * 3);
  // Negative where the frame is larger than the size, and is cut.
  const down = middle(size.height, scaled.height);
  const across = middle(size.width, scaled.width);
  const width = Math.min(size.width, scaled.width);
  for (let y = Math.max(down, 0); y < Math.min(down + scaled.height, size.height); y++) {
    const from = ((y - down) * scaled.width + Math.max(-across, 0)) * 3;
    data.set(scaled.data.subarray(from, from + width * 3), (y * size.width + Math.max(across, 0)) * 3);
  }
  return { ...size, data };
}

/** Where something of a length begins when its middle lies at the middle of a side. */
function middle(side: number, length: number): number {
  return Math.trunc((side - length) / 2);
}
