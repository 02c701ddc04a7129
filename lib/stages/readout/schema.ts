/**
 * The settings of a readout as they stand in YAML.
 * @module
 */
import { z } from "zod";
import { oneOf, settingsMap, wholeNumber } from "../../workflow/fields.ts";
import { modelField } from "../foreign_model.ts";
import { namesField } from "../video_list.ts";

/** What a classifier is asked. */
export interface ReadoutSettings {
  /** Path of the model's file. */
  readonly model: string;
  /** What the first one names is the reference. */
  readonly videos: readonly string[];
  /** The layer that holds the classes; left out: the model's last output. */
  readonly layer?: string;
  readonly scores: "logits" | "probabilities";
  /** How many names are told of each frame. */
  readonly top: number;
}

/** From YAML to `ReadoutSettings`. */
export const readoutSchema: z.ZodType<ReadoutSettings> = settingsMap({
  model: modelField,
  videos: namesField().describe(
    "Videos and stages that are named, each stage with all its instances. The first video is the reference: do the others get its name?",
  ),
  layer: z.string().min(1).exactOptional().describe(
    "The layer with a number for each class. Left out: the model's last output.",
  ),
  scores: oneOf(["logits", "probabilities"]).default("logits").describe(
    "What these numbers are: logits, of which the softmax is taken, or probabilities already.",
  ),
  top: wholeNumber(1).max(1000).default(5).describe(
    "How many names are told of each frame, the likeliest first.",
  ),
});
