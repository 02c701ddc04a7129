/**
 * Writing a video backwards.
 * @module
 */
import { reversedOrder } from "../../controls/frame_order.ts";
import type { StageContext } from "../../plan/stage_kind.ts";
import { type OneVideoSettings, sameVideo } from "../one_video.ts";
import { reorderFrames } from "../reordered_frames.ts";

/** Writes the frames from the last to the first. Ends early when a stop is requested. */
export async function runReverse(settings: OneVideoSettings, context: StageContext): Promise<void> {
  await reorderFrames(reversedOrder(sameVideo(settings, context.facts).frames), context);
}
