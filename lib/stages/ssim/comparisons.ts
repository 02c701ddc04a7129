/**
 * Which video is compared with which, and over how many frames.
 * @module
 */
import type { Facts, Reference } from "../../plan/stage_kind.ts";
import { type ListedVideo, videosListed } from "../video_list.ts";
import type { SsimSettings } from "./schema.ts";

/** A video beside the reference. */
export interface SsimComparison {
  readonly reference: ListedVideo;
  readonly video: ListedVideo;
  /** As many frames as both have. */
  readonly frames: number;
}

/** The reference is one video; each of the others may be a stage's several. */
export function ssimReferences({ videos }: SsimSettings): Reference[] {
  return videos.map((name, index): Reference => (
    { path: ["videos", index], name, wants: index === 0 ? "video" : "videos" }
  ));
}

/** In the order in which the videos are named. */
export function ssimComparisons(facts: Facts): readonly SsimComparison[] {
  const [reference, ...others] = videosListed(facts);
  if (reference === undefined) return [];
  return others.map((video) => (
    { reference, video, frames: Math.min(reference.facts.frames, video.facts.frames) }
  ));
}
