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

/**
 * What is compared when a cut is chosen: multiplications and moved elements in a nanosecond, about, on two cores. The same on
 * every machine, since the cut decides how sums are rounded.
 */
const speeds = { multiplications: 100, elements: 3 };

const rowCounts = [8, 12, 16, 24, 32, 48, 64, 96];

/**
 * The fastest cut; undefined where the whole matrix is as fast.
 * @param lines how many numbers lie behind each element of the line
 */
export function bandedBlocks(map: LineMap, lines: number): BandedBlocks | undefined {
  const touched = touchedColumns(map);
  const order = [...touched.keys()].sort((a, b) => middle(touched, a) - middle(touched, b));
  let fastest: { readonly cut: Cut; readonly cost: number } | undefined;
  for (const rows of rowCounts.filter((rows) => rows < map.to)) {
    const found = cut(touched, order, rows);
    const products = found.columns.length * rows * found.widest / speeds.multiplications;
    const cost = lines * (products + (found.columns.length * found.widest + map.to) / speeds.elements);
    if (cost < (fastest?.cost ?? map.to * map.from * lines / speeds.multiplications)) {
      fastest = { cut: found, cost };
    }
  }
  return fastest && dense(map, order, fastest.cut);
}

/** Rows in their order, so many to a block, and which columns each block needs. */
interface Cut {
  readonly rows: number;
  readonly columns: readonly (readonly number[])[];
  readonly widest: number;
}

/** The columns of each row that are not 0. */
function touchedColumns({ to, from, data }: LineMap): readonly (readonly number[])[] {
  return Array.from({ length: to }, (_, row) => {
    const weights = data.subarray(row * from, (row + 1) * from);
    return [...weights.keys()].filter((column) => weights[column] !== 0);
  });
}

/**
 * Where a row lies among the others, by its columns. Columns may be several lines one after the other: the first one, which
 * is the longest, tells.
 */
function middle(touched: readonly (readonly number[])[], row: number): number {
  const columns = touched[row] ?? [];
  const first = columns[0] ?? 0;
  const gap = columns.findIndex((column, index) => column !== first + index);
  const last = gap < 0 ? columns.at(-1) ?? first : first + gap - 1;
  return first + last;
}

function cut(touched: readonly (readonly number[])[], order: readonly number[], rows: number): Cut {
  const columns = Array.from({ length: Math.ceil(order.length / rows) }, (_, block) => {
    const own = order.slice(block * rows, (block + 1) * rows).flatMap((row) => touched[row] ?? []);
    return [...new Set(own)].sort((a, b) => a - b);
  });
  return { rows, columns, widest: Math.max(1, ...columns.map(({ length }) => length)) };
}

function dense(map: LineMap, order: readonly number[], { rows, columns, widest }: Cut): BandedBlocks {
  const weights = new Float32Array(columns.length * rows * widest);
  const places = new Array<number>(map.to).fill(0);
  for (const [place, row] of order.entries()) {
    places[row] = place;
    for (const [index, column] of (columns[Math.floor(place / rows)] ?? []).entries()) {
      weights[place * widest + index] = map.data[row * map.from + column] ?? 0;
    }
  }
  // Blocks that need fewer columns have others, with weight 0.
  const sources = columns.flatMap((own) => Array.from({ length: widest }, (_, index) => own[index] ?? 0));
  return { blocks: columns.length, rows, columns: widest, sources, weights, places };
}
