import assert from "node:assert/strict";
import fc from "fast-check";
import {
  blockMoves,
  type BlockScrambleSettings,
  hasBlocksToExchange,
  scrambleBlocks,
} from "../../lib/controls/block_scramble.ts";
import type { Frame } from "../../lib/frames/frame.ts";
import { anySize, noiseClip } from "./clips.ts";

const settings: fc.Arbitrary<BlockScrambleSettings> = fc.record({
  block: fc.record({
    height: fc.integer({ min: 1, max: 9 }),
    width: fc.integer({ min: 1, max: 9 }),
    frames: fc.integer({ min: 1, max: 3 }),
  }),
  blocks: fc.constantFrom("space", "space_time"),
  permutation: fc.constantFrom("shared", "per_frame"),
  seed: fc.nat(0xffffffff),
});

/** A clip in which every pixel has a color of its own. */
function numbered(height: number, width: number, frames: number): Frame[] {
  return Array.from({ length: frames }, (_, time) => {
    const first = time * height * width;
    const data = Float32Array.from({ length: 3 * height * width }, (_, i) => first + Math.floor(i / 3));
    return { height, width, data };
  });
}

const colors = (clip: readonly Frame[]) => clip.flatMap(({ data }) => [...data]).sort((a, b) => a - b);

Deno.test("block scrambling keeps the histogram exactly, of any size, whether or not blocks divide it", () => {
  fc.assert(
    fc.property(anySize, fc.integer({ min: 1, max: 5 }), settings, (size, frames, settings) => {
      const clip = numbered(size.height, size.width, frames);
      const made = scrambleBlocks(clip, settings);
      assert.deepEqual(colors(made), colors(clip));
      assert.deepEqual(scrambleBlocks(clip, settings), made);
      if (settings.blocks === "space") {
        made.forEach((frame, time) => assert.deepEqual(colors([frame]), colors([clip[time]!])));
      }
    }),
    { numRuns: 60 },
  );
});

Deno.test("blocks keep what is inside of them, and those that are cut keep their place at the edge", () => {
  const settings = {
    block: { height: 4, width: 5, frames: 1 },
    blocks: "space",
    permutation: "shared",
    seed: 3,
  } as const;
  const [made] = scrambleBlocks(numbered(10, 12, 1), settings);
  const value = (y: number, x: number) => made!.data[3 * (y * 12 + x)]!;
  for (const [y, x] of [[0, 0], [4, 5], [8, 0], [0, 10], [8, 10]] as const) {
    assert.equal(value(y + 1, x), value(y, x) + 12);
    assert.equal(value(y, x + 1), value(y, x) + 1);
  }
  assert.equal(value(8, 10), 8 * 12 + 10, "the corner is the only one of its shape");
});

Deno.test("a shared exchange is the same in all frames, and motion within a block goes on", () => {
  const clip = noiseClip({ height: 8, width: 8, frames: 3, seed: 1, range: [0, 1], gray: false });
  const still = [clip[0]!, clip[0]!, clip[0]!];
  const block = { height: 2, width: 2, frames: 1 };
  const [a, b] = scrambleBlocks(still, { block, blocks: "space", permutation: "shared", seed: 1 });
  assert.deepEqual(a, b);
  const [c, d] = scrambleBlocks(still, { block, blocks: "space", permutation: "per_frame", seed: 1 });
  assert.notDeepEqual(c, d);
});

Deno.test("blocks of space-time keep their order in time, and come from the whole clip", () => {
  const size = { height: 4, width: 4, frames: 6 };
  const moves = blockMoves(size, {
    block: { height: 2, width: 2, frames: 2 },
    blocks: "space_time",
    permutation: "shared",
    seed: 1,
  });
  const times = [0, 1, 2, 3, 4, 5].map((time) => moves(time).map(({ from }) => from.time));
  assert.deepEqual(times[1], times[0]!.map((time) => time + 1));
  assert(new Set(times.flat()).size === 6);
});

Deno.test("one block has nothing to be exchanged with", () => {
  const settings = { blocks: "space", permutation: "shared", seed: 1 } as const;
  const size = { height: 8, width: 8, frames: 4 };
  const fits = (height: number, width: number) =>
    hasBlocksToExchange(size, { ...settings, block: { height, width, frames: 1 } });
  assert.deepEqual([fits(8, 8), fits(5, 8), fits(4, 8), fits(9, 9)], [false, false, true, false]);
});
