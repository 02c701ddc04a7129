/**
 * The settings of a similarity as they stand in YAML.
 * @module
 */
import type { z } from "zod";
import { sampleChoices, type Samples } from "../../analysis/vision_model/activity.ts";
import { oneOf, settingsMap, wholeNumber } from "../../workflow/fields.ts";
import { type Layers, layersField, modelField } from "../foreign_model.ts";
import { namesField } from "../video_list.ts";

/** What is compared, and how. */
export interface SimilaritySettings {
  /** Path of the model's file. */
  readonly model: string;
  readonly layers: Layers;
  /** What the first one names is the reference. */
  readonly videos: readonly string[];
  readonly samples: Samples;
  /** Left out: the model's own window; of a model that sees single frames 1, or 5 where frames are the samples. */
  readonly window?: number;
}

/** From YAML to `SimilaritySettings`. */
export const similaritySchema: z.ZodType<SimilaritySettings> = settingsMap({
  model: modelField,
  layers: layersField.describe(
    "Layers whose activity is compared, by names of your own: `{ early: maxpool, late: layer4.2.relu_2 }`; or a list of layers.",
  ),
  videos: namesField().describe(
    "Videos and stages that are compared, two at least, each stage with all its instances. The first video is the reference of all others. The comparison ends with the shortest.",
  ),
  samples: oneOf(sampleChoices).default("locations").describe(
    "What counts as a sample of CKA: the places of the layer (its channels are the features), its channels, or the frames of the window.",
  ),
  window: wholeNumber(1).max(1000).exactOptional().describe(
    "Over how many frames each number is computed; it is told at the last of them. Left out: as many as the model sees at a time; where frames are the samples, 5.",
  ),
});
