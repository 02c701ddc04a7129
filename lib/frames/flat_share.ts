/**
 * How much of a frame is flat, or made of bars: places that cannot be told apart by what is around them.
 * @module
 */
import type { Frame } from "./frame.ts";

/**
 * The share of the pixels, away from the borders, around which the 3x3 neighborhood is exactly that of the next pixel to the
 * right or below. 1 for a frame of one color and for horizontal or vertical bars; 0 for noise, and for a frame of less than
 * 4 x 4 pixels.
 */
export function flatShare({ height, width, data }: Frame): number {
  const [pixel, row] = [3, 3 * width];
  let flat = 0;
  for (let y = 1; y < height - 2; y++) {
    for (let x = 1; x < width - 2; x++) {
      const at = y * row + x * pixel;
      if (isRepeated(data, at, row, pixel) || isRepeated(data, at, row, row)) flat++;
    }
  }
  return height < 4 || width < 4 ? 0 : flat / ((height - 3) * (width - 3));
}

/** True when the neighborhood of the pixel at that position is the same so many values later. */
function isRepeated(data: Float32Array, at: number, row: number, distance: number): boolean {
  for (let start = at - row - 3; start <= at + row - 3; start += row) {
    for (let i = start; i < start + 9; i++) if (data[i] !== data[i + distance]) return false;
  }
  return true;
}
