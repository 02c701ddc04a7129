/**
 * Exact histograms: each of 256 gray levels gets the number of pixels that it should have, after Coltuc, Bolon & Chassery,
 * "Exact histogram specification", IEEE Transactions on Image Processing 15(5), 2006, as the SHINE toolbox uses it.
 * @module
 */
import { pixelOrder, type TieBreak } from "./pixel_order.ts";
import type { Plane } from "./planes.ts";

/** Gray levels of 8 bits. */
export const levels = 256;

/** Numbers of pixels by level. */
export type LevelCounts = Float64Array;

/** The level of each value, from 0 to 255: that of the files that are delivered. */
export function levelsOf(values: Float64Array, coded: (value: number) => number): Uint8Array {
  return Uint8Array.from(
    values,
    (value) => Math.round(coded(Math.min(Math.max(value, 0), 1)) * (levels - 1)),
  );
}

/** How many pixels have each level. */
export function countLevels(found: Uint8Array): LevelCounts {
  const counts = new Float64Array(levels);
  for (const level of found) counts[level]! += 1;
  return counts;
}

/** The mean of several histograms, each as shares of its pixels, so that each counts as much as any other. */
export function meanHistogram(histograms: readonly LevelCounts[]): Float64Array {
  const mean = new Float64Array(levels);
  for (const counts of histograms) {
    const pixels = counts.reduce((sum, count) => sum + count, 0);
    counts.forEach((count, level) => mean[level]! += count / pixels / histograms.length);
  }
  return mean;
}

/** How many of `pixels` have at most each level: whole numbers that are within half a pixel of the shares. */
export function cumulativeCounts(shares: Float64Array, pixels: number): readonly number[] {
  let sum = 0;
  const counts = Array.from(shares, (share) => {
    sum += share;
    return Math.min(Math.round(sum * pixels), pixels);
  });
  // The shares sum to 1 but for rounding.
  counts[levels - 1] = pixels;
  return counts;
}

/**
 * How many pixels of each of several frames are among the first `wanted` of one level, when the frames' pixels take turns in
 * proportion to their numbers: pixel r of n stands at (r + 1/2) / n.
 * @param counts pixels of the level in each frame
 */
export function shareOut(counts: readonly number[], wanted: number): readonly number[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (wanted >= total) return counts;
  const upTo = (place: number) =>
    counts.map((count) => Math.min(Math.max(Math.ceil(place * count - 0.5), 0), count));
  const sum = (parts: readonly number[]) => parts.reduce((all, part) => all + part, 0);
  let [low, high] = [0, 1];
  for (let i = 0; i < 60; i++) {
    const place = (low + high) / 2;
    if (sum(upTo(place)) <= wanted) low = place;
    else high = place;
  }
  // What stands at the very same place is taken in the order of the frames.
  const [fewer, more] = [upTo(low), upTo(high)];
  let left = wanted - sum(fewer);
  return fewer.map((count, frame) => {
    const taken = Math.min(left, more[frame]! - count);
    left -= taken;
    return count + taken;
  });
}

/**
 * For each level that a frame's pixels have now, how many of them end at most at each new level.
 * @param counts the histograms of all frames that get the wanted one together, in order
 */
export function levelSplits(
  counts: readonly LevelCounts[],
  wanted: Float64Array,
): (frame: number) => readonly (readonly number[])[] {
  const pixels = counts.reduce((sum, frame) => sum + frame.reduce((all, count) => all + count, 0), 0);
  const targets = cumulativeCounts(wanted, pixels);
  let below = 0;
  const shared = Array.from({ length: levels }, (_, level) => {
    const own = counts.map((frame) => frame[level]!);
    const all = own.reduce((sum, count) => sum + count, 0);
    const first = below;
    below += all;
    return all === 0 ? undefined : targets.map((target) => {
      const taken = Math.min(Math.max(target - first, 0), all);
      return taken === 0 ? undefined : shareOut(own, taken);
    });
  });
  return (frame) => shared.map((splits) => splits?.map((split) => split?.[frame] ?? 0) ?? []);
}

/**
 * The levels that a frame's pixels get. Pixels are ordered by their level, their value, and then by the means of their
 * surroundings.
 * @param splits of this frame, from `levelSplits`
 */
export function assignLevels(
  plane: Plane,
  found: Uint8Array,
  splits: readonly (readonly number[])[],
  ties: TieBreak,
): Uint8Array {
  const assigned = new Uint8Array(found.length);
  const order = pixelOrder(plane, found, ties, (level) => isSplit(splits[level]!));
  let next = 0;
  while (next < order.length) {
    const level = found[order[next]!]!;
    const ends = splits[level]!;
    const first = next;
    for (let target = 0; target < levels; target++) {
      for (const end = first + ends[target]!; next < end; next++) assigned[order[next]!] = target;
    }
    if (next === first) throw new Error(`no pixel of level ${level} was counted`);
  }
  return assigned;
}

/** True when the pixels of a level end at several. */
function isSplit(ends: readonly number[]): boolean {
  const all = ends[levels - 1]!;
  return ends.some((end) => end > 0 && end < all);
}
