/**
 * A video's frames in another order, byte by byte as they are stored.
 * @module
 */
import type { StageContext } from "../plan/stage_kind.ts";
import { makeFrames } from "./make_frames.ts";
import { videoRole } from "./one_video.ts";
import { sourceAt } from "./read_frames.ts";

/** Writes the frames that `order` names, one for each time. Ends early when a stop is requested. */
export async function reorderFrames(order: readonly number[], context: StageContext): Promise<void> {
  const source = sourceAt(context.inputs, videoRole);
  await makeFrames(context, order.length, (time) => source.frame(order[time]!));
}
