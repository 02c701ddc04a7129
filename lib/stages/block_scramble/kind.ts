/**
 * The kind `block_scramble`: blocks of a clip that change their places.
 * @module
 */
import { type ClipSize, hasBlocksToExchange } from "../../controls/block_scramble.ts";
import type { Facts, StageKind } from "../../plan/stage_kind.ts";
import { checkFrameCount, fewerFrames, readsTaken, sameVideo, videoReference } from "../one_video.ts";
import { blockScrambleMethods } from "./methods.ts";
import { blockScrambleSchema, type BlockScrambleStage, writeBlockScramble } from "./schema.ts";

/** Keeps the histogram exactly, and all that is smaller than a block. */
export const blockScrambleKind: StageKind<BlockScrambleStage> = {
  name: "block_scramble",
  summary: "Cuts a video into blocks, in space or in space and time, and exchanges them.",
  format: 1,
  artifact: "video",
  takesFrames: true,
  schema: blockScrambleSchema,
  references: (settings) => [videoReference(settings)],
  write: writeBlockScramble,
  preview(settings, facts, scale) {
    const smaller = fewerFrames(settings, facts, scale);
    const quarter = (side: number) => Math.max(1, Math.round(side / 4));
    const { height, width, frames } = settings.block;
    const block = { height: quarter(height), width: quarter(width), frames: quarter(frames) };
    return { settings: { ...smaller, block }, notes: [`blocks are ${block.height} x ${block.width}`] };
  },
  check(settings, facts, report) {
    checkFrameCount(settings, facts, report);
    const size = clipSize(settings, facts);
    if (hasBlocksToExchange(size, settings)) return;
    const { block: { height, width, frames }, blocks, video } = settings;
    const words = (size: ClipSize) =>
      `${size.height} x ${size.width}${blocks === "space" ? "" : `, ${size.frames}`}`;
    report(["block"], {
      code: "no_blocks",
      video,
      size: words(size),
      block: words({ height, width, frames }),
    });
  },
  makes: (settings, facts) => ({ made: "video", video: sameVideo(settings, facts) }),
  reads: readsTaken,
  keyed(settings, facts) {
    const { block, blocks, permutation, seed } = settings;
    // Within frames, more of them can be added.
    return blocks === "space"
      ? { block: { height: block.height, width: block.width }, blocks, permutation, seed }
      : { block: { ...block }, blocks, seed, frames: sameVideo(settings, facts).frames };
  },
  work(settings, facts) {
    const { height, width, frames } = sameVideo(settings, facts);
    return [{ height, width, iterations: frames, parts: ["copy"] }];
  },
  deviations(settings, facts) {
    const { block: { height, width, frames }, blocks } = settings;
    const size = clipSize(settings, facts);
    const isCut = size.height % height > 0 || size.width % width > 0 ||
      (blocks === "space_time" && size.frames % frames > 0);
    return isCut
      ? [
        "blocks that are cut by the edge of the frame or the end of the clip were exchanged among those cut alike",
      ]
      : [];
  },
  methods: blockScrambleMethods,
  async load() {
    const { runBlockScramble } = await import("./run.ts");
    return runBlockScramble;
  },
};

function clipSize(settings: BlockScrambleStage, facts: Facts): ClipSize {
  const { height, width, frames } = sameVideo(settings, facts);
  return { height, width, frames };
}
