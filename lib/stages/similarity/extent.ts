/**
 * How many numbers a similarity has, and over which frames each is computed.
 * @module
 */
import { reachOf } from "../../models/model_file/model_json.ts";
import type { Facts } from "../../plan/stage_kind.ts";
import { foreignModelFacts, windowCount } from "../foreign_model.ts";
import { type ListedVideo, videosListed } from "../video_list.ts";
import type { SimilaritySettings } from "./schema.ts";

/** Frames as samples of a model that sees single frames, where nobody says how many: as the paper's 3-D models see. */
const defaultFrames = 5;

/** What is compared with what, over time. */
export interface Extent {
  readonly reference: ListedVideo | undefined;
  readonly others: readonly ListedVideo[];
  /** Frames that are compared: those of the shortest video. */
  readonly frames: number;
  /** Windows of the model in them. */
  readonly windows: number;
  /** How many successive windows go into one number. */
  readonly joined: number;
  /** The frame at which the first window ends. */
  readonly first: number;
}

/** The extent of a similarity. */
export function extentOf(settings: SimilaritySettings, facts: Facts): Extent {
  const model = foreignModelFacts(facts);
  const videos = videosListed(facts);
  const [reference, ...others] = videos;
  const frames = videos.length === 0 ? 0 : Math.min(...videos.map(({ facts: { frames } }) => frames));
  return {
    reference,
    others,
    frames,
    windows: windowCount(frames, model),
    joined: joinedWindows(settings, facts),
    first: reachOf(model.input),
  };
}

/** A model that sees several frames joins none: its window is the number's. */
export function joinedWindows({ samples, window }: SimilaritySettings, facts: Facts): number {
  if (foreignModelFacts(facts).input.frames > 1) return 1;
  return window ?? (samples === "frames" ? defaultFrames : 1);
}
