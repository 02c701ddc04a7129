/**
 * Windows of a video by number.
 * @module
 */

/** 0, 1, 2 ... below `count`, or every `step`th of them. */
export function windowsUpTo(count: number, step = 1): readonly number[] {
  return Array.from({ length: Math.ceil(count / step) }, (_, index) => index * step);
}

/** Windows in batches of that size, from the beginning: wherever a run goes on, the same ones are together. */
export function batchesOf(windows: readonly number[], size: number): readonly (readonly number[])[] {
  const batches: (readonly number[])[] = [];
  for (let first = 0; first < windows.length; first += size) batches.push(windows.slice(first, first + size));
  return batches;
}
