/**
 * A banded matrix cut into dense blocks.
 * @module
 */
import type { LineMap } from "../../../graph/line_map.ts";

/** Products of equal size that together are the product with a banded matrix. */
export interface BandedBlocks {
  readonly blocks: number;
  /** Rows of each block; in the last one some may be zero. */
  readonly rows: number;
  readonly columns: number;
  /** Which element of the line each block's columns are, block by block. */
  readonly sources: readonly number[];
  /** [blocks, rows, columns]. */
  readonly weights: Float32Array;
  /** Where each element of the result is among the blocks' rows. */
  readonly places: readonly number[];
}

/** What is compared when a cut is chosen: multiplications and moved elements by the nanosecond, on two cores. */
const speeds = { multiplications: 100, elements: 3 };

const rowCounts = [8, 12, 16, 24, 32, 48, 64, 96];

/**
 * The fastest cut; undefined where the whole matrix is as fast.
 * @param lines how many numbers lie behind each element of the line
 */
export function bandedBlocks(map: LineMap, lines: number): BandedBlocks | undefined {
  const bands = bandsOf(map);
  const order = [...bands.keys()].sort((a, b) => centerOf(bands, a) - centerOf(bands, b));
  const whole = map.to * map.from * lines / speeds.multiplications;
  let fastest: { readonly rows: number; readonly nanoseconds: number } | undefined;
  for (const rows of rowCounts) {
    if (rows >= map.to) break;
    const { blocks, columns } = extents(bands, order, rows);
    const moved = blocks * columns + map.to;
    const nanoseconds = lines *
      (blocks * rows * columns / speeds.multiplications + moved / speeds.elements);
    if (nanoseconds < (fastest?.nanoseconds ?? whole)) fastest = { rows, nanoseconds };
  }
  return fastest && cut(map, bands, order, fastest.rows);
}

interface Band {
  readonly first: number;
  readonly last: number;
}

/** The first and the last column of each row that are not 0. */
function bandsOf({ to, from, data }: LineMap): readonly Band[] {
  return Array.from({ length: to }, (_, row) => {
    const weights = data.subarray(row * from, (row + 1) * from);
    const first = weights.findIndex((weight) => weight !== 0);
    return first < 0
      ? { first: 0, last: 0 }
      : { first, last: weights.findLastIndex((weight) => weight !== 0) };
  });
}

function centerOf(bands: readonly Band[], row: number): number {
  const { first, last } = bands[row] ?? { first: 0, last: 0 };
  return first + last;
}

/** Of a cut into blocks of so many rows: how many there are, and the columns that the widest one needs. */
function extents(bands: readonly Band[], order: readonly number[], rows: number) {
  const blocks = Math.ceil(order.length / rows);
  const starts: number[] = [];
  let columns = 1;
  for (let block = 0; block < blocks; block++) {
    const own = order.slice(block * rows, (block + 1) * rows).flatMap((row) => bands[row] ?? []);
    const first = Math.min(...own.map((band) => band.first));
    starts.push(first);
    columns = Math.max(columns, Math.max(...own.map((band) => band.last)) - first + 1);
  }
  return { blocks, columns, starts };
}

function cut(map: LineMap, bands: readonly Band[], order: readonly number[], rows: number): BandedBlocks {
  const { blocks, columns, starts } = extents(bands, order, rows);
  const weights = new Float32Array(blocks * rows * columns);
  const places = new Array<number>(map.to).fill(0);
  // At the end a block begins earlier than it must, so that it does not reach beyond the line.
  const firsts = starts.map((first) => Math.max(Math.min(first, map.from - columns), 0));
  for (const [place, row] of order.entries()) {
    places[row] = place;
    const first = firsts[Math.floor(place / rows)] ?? 0;
    weights.set(map.data.subarray(row * map.from + first, row * map.from + first + columns), place * columns);
  }
  const sources = firsts.flatMap((first) => Array.from({ length: columns }, (_, column) => first + column));
  return { blocks, rows, columns, sources, weights, places };
}
