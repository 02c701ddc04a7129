/**
 * The gray levels of 8-bit frames, and how far apart their histograms are.
 * @module
 */

/** How many there are. */
export const levelCount = 256;

/**
 * The 8-bit gray of each pixel of 8-bit RGB, with the bytes of OpenCV's `cvtColor`: .299 R + .587 G + .114 B in fixed point of
 * 15 bits, rounded.
 * @param bytes height x width x 3
 */
export function grayLevels(bytes: Uint8Array): Uint8Array {
  const gray = new Uint8Array(bytes.length / 3);
  for (let pixel = 0; pixel < gray.length; pixel++) {
    const at = 3 * pixel;
    gray[pixel] = (9798 * bytes[at]! + 19235 * bytes[at + 1]! + 3735 * bytes[at + 2]! + 16384) >> 15;
  }
  return gray;
}

/** How many pixels have each of the 256 levels. */
export function levelHistogram(gray: Uint8Array): number[] {
  const counts = new Array<number>(levelCount).fill(0);
  for (let pixel = 0; pixel < gray.length; pixel++) counts[gray[pixel]!]!++;
  return counts;
}

/**
 * The Earth mover's distance between two luminance histograms, each divided by its number of pixels, so that frames of different
 * sizes compare: by how much gray must change on average to make one of the other, 0 (the same) to 1 (black and white).
 */
export function histogramDistance(one: readonly number[], other: readonly number[]): number {
  const total = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0);
  const [oneTotal, otherTotal] = [total(one), total(other)];
  let [below, otherBelow, moved] = [0, 0, 0];
  for (let level = 0; level < levelCount - 1; level++) {
    below += one[level]!;
    otherBelow += other[level]!;
    moved += Math.abs(below / oneTotal - otherBelow / otherTotal);
  }
  return moved / (levelCount - 1);
}
