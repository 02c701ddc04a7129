/**
 * Indices of a job array as Slurm writes them.
 * @module
 */

/** "0-3,7" for 0, 1, 2, 3 and 7, which stand in ascending order. */
export function formatIndices(indices: readonly number[]): string {
  const ranges: { first: number; last: number }[] = [];
  for (const index of indices) {
    const range = ranges.at(-1);
    if (range !== undefined && index === range.last + 1) range.last = index;
    else ranges.push({ first: index, last: index });
  }
  return ranges.map(({ first, last }) => first === last ? String(first) : `${first}-${last}`).join(",");
}
