/**
 * Which frames of each video are patterns.
 * @module
 */
import { reachOf } from "../../models/model_file/model_json.ts";
import type { Facts } from "../../plan/stage_kind.ts";
import { foreignModelFacts, windowCount } from "../foreign_model.ts";
import { windowsUpTo } from "../windows_up_to.ts";
import { type ListedVideo, videosListed } from "../video_list.ts";
import type { RdmSettings } from "./schema.ts";

/** A matrix of more patterns has too many numbers for a table. */
export const mostPatterns = 1000;

/** The videos, and the windows of each that are patterns: as many of all, so that geometries can be compared. */
export interface Extent {
  readonly videos: readonly ListedVideo[];
  /** Frames of each video that are read. */
  readonly frames: number;
  readonly windows: readonly number[];
  /** The frames at which the windows end. */
  readonly frameOf: (window: number) => number;
}

/** The extent of the matrices. */
export function extentOf({ step }: RdmSettings, facts: Facts): Extent {
  const model = foreignModelFacts(facts);
  const videos = videosListed(facts);
  const frames = videos.length === 0 ? 0 : Math.min(...videos.map(({ facts: { frames } }) => frames));
  return {
    videos,
    frames,
    windows: windowsUpTo(windowCount(frames, model), step),
    frameOf: (window) => window + reachOf(model.input),
  };
}
