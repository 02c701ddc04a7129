/**
 * Other times of a clip, as what is no match of this one.
 * @module
 */

/**
 * The times that stand evenly spread around the circle of `first` .. `count - 1` beside `time`, and by how many frames
 * they are later. Neighbors are left out: they are the ceiling.
 * @param wanted how many there are at most
 */
export function shiftedTimes(
  time: number,
  first: number,
  count: number,
  wanted: number,
): readonly { readonly offset: number; readonly time: number }[] {
  const times = count - first;
  const offsets = Array.from({ length: wanted }, (_, k) => Math.round(times * (k + 1) / (wanted + 1)));
  return [...new Set(offsets)].filter((offset) => offset >= 2 && offset <= times - 2).map((offset) => (
    { offset, time: first + (time - first + offset) % times }
  ));
}
