/**
 * Blocks of pixels that change their places: a clip keeps all its values and what is smaller than a block, and loses what
 * is larger.
 * @module
 */
import type { Frame, Size } from "../frames/frame.ts";
import { randomOrder } from "./random_order.ts";

/** In which way blocks are exchanged. */
export interface BlockScrambleSettings {
  /** Sides of a block in pixels; how many frames it lasts, where blocks are exchanged over time, too. */
  readonly block: { readonly height: number; readonly width: number; readonly frames: number };
  /** Within each frame; or within the whole clip. */
  readonly blocks: "space" | "space_time";
  /** Within each frame: the same exchange in all frames, which keeps motion within the blocks; or another one in each. */
  readonly permutation: "shared" | "per_frame";
  /** 0 to 2^32 - 1. */
  readonly seed: number;
}

/** A rectangle of a frame that is copied. */
export interface BlockMove {
  readonly from: { readonly time: number; readonly top: number; readonly left: number };
  readonly to: { readonly top: number; readonly left: number };
  readonly height: number;
  readonly width: number;
}

/** A clip's extent. */
export type ClipSize = Size & { readonly frames: number };

/** The blocks of a clip, numbered by time, row and column; the last ones of each may be cut by the edge. */
interface Grid {
  readonly slabs: Axis;
  readonly rows: Axis;
  readonly columns: Axis;
}

interface Axis {
  readonly length: number;
  readonly block: number;
  readonly count: number;
}

function axis(length: number, block: number): Axis {
  return { length, block, count: Math.ceil(length / block) };
}

function gridOf({ height, width, frames }: ClipSize, { block, blocks }: BlockScrambleSettings): Grid {
  return {
    slabs: blocks === "space" ? axis(1, 1) : axis(frames, block.frames),
    rows: axis(height, block.height),
    columns: axis(width, block.width),
  };
}

function placeOf(index: number, { rows, columns }: Grid) {
  const column = index % columns.count;
  const row = Math.floor(index / columns.count) % rows.count;
  return { slab: Math.floor(index / (columns.count * rows.count)), row, column };
}

/** How much of a block there is. */
function lengthAt({ length, block }: Axis, index: number): number {
  return Math.min(block, length - index * block);
}

/** A number from 0 to 7 that blocks of one shape have in common: which of their three lengths are cut. */
function shapeOf(index: number, grid: Grid): number {
  const { slab, row, column } = placeOf(index, grid);
  const isCut = (axis: Axis, at: number) => lengthAt(axis, at) < axis.block ? 1 : 0;
  return 4 * isCut(grid.slabs, slab) + 2 * isCut(grid.rows, row) + isCut(grid.columns, column);
}

/** How many blocks there are of each shape. */
function shapeCounts(grid: Grid): readonly number[] {
  const counts = Array.from({ length: 8 }, () => 0);
  for (let index = 0; index < blockCount(grid); index++) counts[shapeOf(index, grid)]!++;
  return counts;
}

function blockCount({ slabs, rows, columns }: Grid): number {
  return slabs.count * rows.count * columns.count;
}

/** True when there are two blocks that can be exchanged. */
export function hasBlocksToExchange(size: ClipSize, settings: BlockScrambleSettings): boolean {
  return shapeCounts(gridOf(size, settings)).some((count) => count > 1);
}

/** Which block comes to the place of each: of its own shape, in the order in which chance names them. */
function drawSources(grid: Grid, order: Uint32Array): Uint32Array {
  const ends: number[] = [];
  shapeCounts(grid).reduce((start, count, shape) => ends[shape] = start + count, 0);
  const starts = [0, ...ends.slice(0, -1)];
  const drawn = new Uint32Array(order.length);
  const filled = [...starts];
  for (const index of order) drawn[filled[shapeOf(index, grid)]!++] = index;
  const taken = [...starts];
  return order.map((_, index) => drawn[taken[shapeOf(index, grid)]!++]!);
}

/**
 * The moves that make up a frame of the scrambled clip, by its time. Blocks that the lower or right edge, or the clip's end,
 * has cut are exchanged among those that are cut in the same way, so that every pixel of the clip is used once.
 */
export function blockMoves(
  size: ClipSize,
  settings: BlockScrambleSettings,
): (time: number) => readonly BlockMove[] {
  const { seed } = settings;
  const inSpace = settings.blocks === "space";
  const anew = inSpace && settings.permutation === "per_frame";
  const grid = gridOf(size, settings);
  const { slabs, rows, columns } = grid;
  const canChange = hasBlocksToExchange(size, settings);

  const drawAt = (frame: number): Uint32Array => {
    for (let draw = 0;; draw++) {
      const order = randomOrder(blockCount(grid), { seed, frame, purpose: "scrambledBlocks" }, draw);
      const sources = drawSources(grid, order);
      // A single draw for the whole clip that leaves it as it is would be no control.
      if (anew || !canChange || sources.some((source, index) => source !== index)) return sources;
    }
  };
  const shared = anew ? undefined : drawAt(0);

  const perSlab = rows.count * columns.count;
  return (time) => {
    const sources = shared ?? drawAt(time);
    const slab = inSpace ? 0 : Math.floor(time / slabs.block);
    return Array.from({ length: perSlab }, (_, i): BlockMove => {
      const to = placeOf(slab * perSlab + i, grid);
      const from = placeOf(sources[slab * perSlab + i]!, grid);
      return {
        from: {
          time: inSpace ? time : time + (from.slab - slab) * slabs.block,
          top: from.row * rows.block,
          left: from.column * columns.block,
        },
        to: { top: to.row * rows.block, left: to.column * columns.block },
        height: lengthAt(rows, to.row),
        width: lengthAt(columns, to.column),
      };
    });
  };
}

/** Copies a rectangle between frames of this width, height x width x 3. */
export function copyBlock<Values extends Uint8Array | Float32Array>(
  into: Values,
  source: Values,
  frameWidth: number,
  { from, to, height, width }: BlockMove,
): void {
  for (let row = 0; row < height; row++) {
    const start = ((from.top + row) * frameWidth + from.left) * 3;
    into.set(source.subarray(start, start + 3 * width), ((to.top + row) * frameWidth + to.left) * 3);
  }
}

/** A clip whose blocks were exchanged. Throws an Error when its frames differ in size. */
export function scrambleBlocks(clip: readonly Frame[], settings: BlockScrambleSettings): Frame[] {
  const [first] = clip;
  if (first === undefined) return [];
  const { height, width } = first;
  if (clip.some((frame) => frame.height !== height || frame.width !== width)) {
    throw new Error("a clip's frames must have one size");
  }
  const moves = blockMoves({ height, width, frames: clip.length }, settings);
  return clip.map((_, time) => {
    const data = new Float32Array(height * width * 3);
    for (const move of moves(time)) copyBlock(data, clip[move.from.time]!.data, width, move);
    return { height, width, data };
  });
}
