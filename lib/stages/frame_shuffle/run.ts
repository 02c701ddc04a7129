/**
 * Shuffling the frames of a video.
 * @module
 */
import { shuffledOrder } from "../../controls/frame_order.ts";
import type { StageContext } from "../../plan/stage_kind.ts";
import { sameVideo } from "../one_video.ts";
import { reorderFrames } from "../reordered_frames.ts";
import type { FrameShuffleSettings } from "./schema.ts";

/** Writes the shuffled frames. Ends early when a stop is requested. */
export async function runFrameShuffle(settings: FrameShuffleSettings, context: StageContext): Promise<void> {
  const { frames } = sameVideo(settings, context.facts);
  await reorderFrames(shuffledOrder(frames, settings.seed), context);
}
