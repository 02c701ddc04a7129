/**
 * Exchanging the blocks of a video.
 * @module
 */
import { type BlockMove, blockMoves, copyBlock } from "../../controls/block_scramble.ts";
import type { StageContext } from "../../plan/stage_kind.ts";
import type { FrameSource, StoredArray } from "../../store/stage_store.ts";
import { makeFrames } from "../make_frames.ts";
import { sameVideo, videoRole } from "../one_video.ts";
import { sourceAt } from "../read_frames.ts";
import type { BlockScrambleStage } from "./schema.ts";

/** Bytes of frames that are kept, for blocks may come from all of them. */
const mostKept = 2 ** 29;

/** Writes the scrambled frames, in the type of number in which the video is stored. Ends early when a stop is requested. */
export async function runBlockScramble(settings: BlockScrambleStage, context: StageContext): Promise<void> {
  const video = sameVideo(settings, context.facts);
  const moves = blockMoves(video, settings);
  const read = keeping(sourceAt(context.inputs, videoRole));
  await makeFrames(context, video.frames, async (time) => {
    let made: StoredArray | undefined;
    for (const [from, blocks] of Map.groupBy(moves(time), ({ from }) => from.time)) {
      const source = await read(from);
      made ??= { shape: source.shape, data: source.data.slice() };
      copyAll(made.data, source.data, video.width, blocks);
    }
    if (made === undefined) throw new Error(`frame ${time} has no blocks`);
    return made;
  });
}

function copyAll(
  into: StoredArray["data"],
  source: StoredArray["data"],
  width: number,
  blocks: readonly BlockMove[],
): void {
  if (into instanceof Uint8Array && source instanceof Uint8Array) {
    for (const block of blocks) copyBlock(into, source, width, block);
  } else if (into instanceof Float32Array && source instanceof Float32Array) {
    for (const block of blocks) copyBlock(into, source, width, block);
  } else {
    throw new Error("frames of one video are stored in two types of number");
  }
}

/** Reads frames and keeps as many as there is room for, those that were read last. */
function keeping(source: FrameSource): (time: number) => Promise<StoredArray> {
  const kept = new Map<number, StoredArray>();
  return async (time) => {
    const frame = kept.get(time) ?? await source.frame(time);
    kept.delete(time);
    kept.set(time, frame);
    const [oldest] = kept.keys();
    if (oldest !== undefined && kept.size > 1 && kept.size * frame.data.byteLength > mostKept) {
      kept.delete(oldest);
    }
    return frame;
  };
}
