/**
 * How much of a frame lies on the bounds of its range.
 * @module
 */
import type { Frame } from "../frames/frame.ts";

/** Share of the values that are 0 or 1. */
export function clippedShare({ data }: Frame): number {
  let clipped = 0;
  for (const value of data) if (value === 0 || value === 1) clipped++;
  return clipped / data.length;
}
