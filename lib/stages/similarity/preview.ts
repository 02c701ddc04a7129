/**
 * A similarity for a quick look.
 * @module
 */
import type { Facts, Preview } from "../../plan/stage_kind.ts";
import { foreignModelFacts } from "../foreign_model.ts";
import { extentOf } from "./extent.ts";
import type { SimilaritySettings } from "./schema.ts";

/**
 * A preview has few frames: where numbers are over more, they are over those that there are. The window of a model that
 * sees several frames is the model's, and stays.
 */
export function previewSimilarity(
  settings: SimilaritySettings,
  facts: Facts,
): Preview<SimilaritySettings> {
  const { windows, joined } = extentOf(settings, facts);
  const isOfModel = foreignModelFacts(facts).input.frames > 1;
  const window = Math.max(settings.samples === "frames" ? 2 : 1, windows);
  if (isOfModel || joined <= window) return { settings, notes: [] };
  return {
    settings: { ...settings, window },
    notes: [`numbers are over ${window} frames instead of ${joined}`],
  };
}
