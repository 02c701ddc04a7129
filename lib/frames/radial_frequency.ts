/**
 * The radius of spatial frequencies, for averages over orientations.
 * @module
 */
import type { Size } from "./frame.ts";

/**
 * Of each frequency of a two-dimensional transform, row by row, how many cycles per shorter side it has in its own direction,
 * rounded.
 */
export function radiiOf({ height, width }: Size): Uint16Array {
  const shorter = Math.min(height, width);
  // Frequencies above half the side are the negative ones.
  const frequency = (index: number, side: number) => Math.min(index, side - index) / side;
  return Uint16Array.from({ length: height * width }, (_, i) => {
    const [v, u] = [frequency(Math.floor(i / width), height), frequency(i % width, width)];
    return Math.round(shorter * Math.hypot(v, u));
  });
}
