/**
 * Linear maps of lines of numbers, as matrices.
 * @module
 */

/** A matrix [to, from], row-major: it makes a line of `to` numbers of one of `from`. */
export interface LineMap {
  readonly to: number;
  readonly from: number;
  readonly data: Float32Array;
}

/** Both directions of each pair, so that the transpose of a transpose is the map that one began with. */
const transposes = new WeakMap<LineMap, LineMap>();

/** The map in the other direction. The same object for the same map. */
export function transposedMap(map: LineMap): LineMap {
  const known = transposes.get(map);
  if (known !== undefined) return known;
  const { to, from, data } = map;
  const transposed = {
    to: from,
    from: to,
    data: Float32Array.from(data, (_, i) => data[(i % to) * from + Math.floor(i / to)] ?? 0),
  };
  transposes.set(map, transposed);
  transposes.set(transposed, map);
  return transposed;
}

/** The lines of several maps of one line, one after the other. */
export function stackedMaps(maps: readonly LineMap[]): LineMap {
  const from = maps[0]?.from ?? 0;
  const data = new Float32Array(maps.reduce((length, map) => length + map.data.length, 0));
  let filled = 0;
  for (const map of maps) {
    data.set(map.data, filled);
    filled += map.data.length;
  }
  return { to: maps.reduce((lines, { to }) => lines + to, 0), from, data };
}
