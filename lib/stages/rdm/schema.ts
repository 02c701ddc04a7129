/**
 * The settings of representational dissimilarities as they stand in YAML.
 * @module
 */
import type { z } from "zod";
import type { Distance } from "../../analysis/dissimilarity.ts";
import { oneOf, settingsMap, wholeNumber } from "../../workflow/fields.ts";
import { type Layers, layersField, modelField } from "../foreign_model.ts";
import { namesField } from "../video_list.ts";

/** Whose geometry is told, and how. */
export interface RdmSettings {
  /** Path of the model's file. */
  readonly model: string;
  readonly layers: Layers;
  readonly videos: readonly string[];
  readonly distance: Distance;
  /** Every how many frames one is a pattern. */
  readonly step: number;
}

/** From YAML to `RdmSettings`. */
export const rdmSchema: z.ZodType<RdmSettings> = settingsMap({
  model: modelField,
  layers: layersField.describe(
    "Layers whose activity is the pattern: a list, or a map from names of your own.",
  ),
  videos: namesField().describe(
    "Videos and stages, each stage with all its instances. Of each video the frames are compared with one another, and the geometries of each two videos by rank correlation (RSA): of all videos as many frames as the shortest has.",
  ),
  distance: oneOf(["correlation", "euclidean"]).default("correlation").describe(
    "How far two patterns are apart: 1 - Pearson's correlation, or the length of their difference.",
  ),
  step: wholeNumber(1).default(1).describe("Every how many frames one is taken as a pattern."),
});
