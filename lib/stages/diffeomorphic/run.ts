/**
 * Warping the frames of a video.
 * @module
 */
import { createWarp, type Warp } from "../../controls/warp_field.ts";
import { emptyWarpMap, frameWarper, mapRow, type WarpMap } from "../../controls/warp_frame.ts";
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
  const map = mapOf(createWarp(settings, video), context);
  if (map === undefined) return;
  const warp = frameWarper(map);
  await makeFrames(context, video.frames, async (time) => {
    const { height, width, data } = warp(await read(time));
    return { shape: [height, width, 3], data };
  });
}

/** Rows between two words about how far the map is. */
const toldEvery = 64;

/** The map of the warp: of large frames it takes minutes. Undefined when a stop was requested. */
function mapOf(
  warp: Warp,
  { emit, stopRequested }: Pick<StageContext, "emit" | "stopRequested">,
): WarpMap | undefined {
  const map = emptyWarpMap(warp);
  for (let row = 0; row < warp.height; row++) {
    if (stopRequested()) return undefined;
    mapRow(map, warp, row);
    const done = row + 1;
    if (done % toldEvery === 0) {
      emit({ type: "preparing", text: "following the warp: rows", done, of: warp.height });
    }
  }
  return map;
}
