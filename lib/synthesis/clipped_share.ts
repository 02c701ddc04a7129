/**
 * How much of a frame lies on the bounds of its range.
 * @module
 */
import type { Frame } from "../frames/frame.ts";

/** Share of the values that are 0 or 1. */
export function clippedShare({ data }: Frame): number {
  let clipped = 0;
  for (let i = 0; i < data.length; i++) if (data[i] === 0 || data[i] === 1) clipped++;
  return clipped / data.length;
}
