/**
 * Warping the frames of a video.
 * @module
 */
import { createWarp } from "../../controls/warp_field.ts";
import { frameWarper, warpMap } from "../../controls/warp_frame.ts";
import type { StageContext } from "../../plan/stage_kind.ts";
import { makeFrames } from "../make_frames.ts";
import { sameVideo, videoRole } from "../one_video.ts";
import { readerOf } from "../read_frames.ts";
import type { DiffeomorphicSettings } from "./schema.ts";

/** Writes the warped frames, float32. Ends early when a stop is requested. */
export async function runDiffeomorphic(
  settings: DiffeomorphicSettings,
  context: StageContext,
): Promise<void> {
  const video = sameVideo(settings, context.facts);
  const read = readerOf(context.inputs, videoRole);
  const warp = frameWarper(warpMap(createWarp(settings, video)));
  await makeFrames(context, video.frames, async (time) => {
    const { height, width, data } = warp(await read(time));
    return { shape: [height, width, 3], data };
  });
}
