/**
 * A strict order of pixels by brightness: equal pixels are told apart by the means of larger and larger surroundings (Coltuc,
 * Bolon & Chassery 2006, with their six of up to 5 x 5 pixels).
 * @module
 */
import { uniformValues } from "../../frames/noise.ts";
import type { Plane } from "./planes.ts";

/** Numbers by pixel that decide between pixels that are equal in all else. */
export type TieBreak = Float32Array;

/** Chance decides, in all frames of a clip in the same way. `seed`: 0 to 2^32 - 1. */
export function tieBreak(pixels: number, seed: number): TieBreak {
  return uniformValues({ seed, frame: 0, purpose: "equalPixels" }, pixels);
}

/** What each surrounding adds to the one before it, as the square of the distance: 5, 9, 13, 21 and 25 pixels in all. */
const rings = [1, 2, 4, 5, 8] as const;

/** The offsets of 5 x 5 pixels, by ring. */
const offsets = rings.map((distance) => {
  const found: [number, number][] = [];
  for (let y = -2; y <= 2; y++) {
    for (let x = -2; x <= 2; x++) if (y * y + x * x === distance) found.push([y, x]);
  }
  return found;
});

/**
 * All pixels, those of each level together in rising order of the levels; within a level by value, surroundings and chance.
 * @param found the level of each pixel
 * @param matters false for levels whose pixels may stand in any order
 */
export function pixelOrder(
  { height, width, values }: Plane,
  found: Uint8Array,
  ties: TieBreak,
  matters: (level: number) => boolean,
): Uint32Array {
  const order = byLevel(found);
  const surroundings = ringSums({ height, width, values });
  const compare = (a: number, b: number): number => {
    const difference = values[a]! - values[b]!;
    if (difference !== 0) return difference;
    for (const sums of surroundings) {
      const difference = sums[a]! - sums[b]!;
      if (difference !== 0) return difference;
    }
    return ties[a]! - ties[b]! || a - b;
  };
  for (let first = 0; first < order.length;) {
    const level = found[order[first]!]!;
    let end = first;
    while (end < order.length && found[order[end]!] === level) end++;
    if (matters(level)) order.subarray(first, end).sort(compare);
    first = end;
  }
  return order;
}

/** A counting sort. */
function byLevel(found: Uint8Array): Uint32Array {
  const starts = new Uint32Array(257);
  for (const level of found) starts[level + 1]!++;
  for (let level = 0; level < 256; level++) starts[level + 1]! += starts[level]!;
  const order = new Uint32Array(found.length);
  found.forEach((level, pixel) => order[starts[level]!++] = pixel);
  return order;
}

/**
 * Sums over each pixel's surroundings, edges replicated. Within one surrounding they order pixels as means do. They are
 * rounded to 2^-30, so that sums of the same values in another order are equal.
 */
function ringSums({ height, width, values }: Plane): readonly Float64Array[] {
  const within = (index: number, length: number) => Math.min(Math.max(index, 0), length - 1);
  let before = values;
  return offsets.map((ring) => {
    const sums = Float64Array.from(before);
    for (const [dy, dx] of ring) {
      for (let y = 0; y < height; y++) {
        const row = within(y + dy, height) * width;
        for (let x = 0; x < width; x++) sums[y * width + x]! += values[row + within(x + dx, width)]!;
      }
    }
    before = sums;
    return sums.map((sum) => Math.round(sum * 2 ** 30));
  });
}
