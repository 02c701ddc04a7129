/**
 * H.264 in yuv420p has one color for every 2 x 2 pixels, so its sides are even.
 * @module
 */
import type { Size } from "../frames/frame.ts";

/** What happens to an odd side: the last row or column is repeated, or left out. */
export type OddSides = "pad" | "crop";

/** The even size that an odd one becomes. */
export function evenSize({ height, width }: Size, odd: OddSides): Size {
  const even = (side: number) => side % 2 === 0 ? side : odd === "pad" ? side + 1 : side - 1;
  return { height: even(height), width: even(width) };
}

/** A frame of bytes (height x width x 3) at another size: cut, or its last column and row repeated. */
export function evenFrame(frame: Uint8Array, from: Size, to: Size): Uint8Array {
  if (from.height === to.height && from.width === to.width) return frame;
  const result = new Uint8Array(to.height * to.width * 3);
  for (let row = 0; row < to.height; row++) {
    const source = Math.min(row, from.height - 1) * from.width * 3;
    const target = row * to.width * 3;
    result.set(frame.subarray(source, source + Math.min(from.width, to.width) * 3), target);
    if (to.width > from.width) {
      const last = source + (from.width - 1) * 3;
      result.set(frame.subarray(last, last + 3), target + from.width * 3);
    }
  }
  return result;
}
