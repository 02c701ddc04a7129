/**
 * The settings of predicted frames as a workflow gives them, and the video that they name.
 * @module
 */
import type { z } from "zod";
import type { Facts, VideoFacts } from "../../plan/stage_kind.ts";
import { name, settingsMap } from "../../workflow/fields.ts";
import { predictorFields, type PredictorSettings } from "../predictor_settings.ts";

/** Whose frames are predicted, and by what. */
export interface PredictedFramesSettings extends PredictorSettings {
  readonly video: string;
}

/** A stage's fields beside `kind`. */
export const predictedFramesSchema: z.ZodType<PredictedFramesSettings> = settingsMap({
  video: name.describe("The video, or the stage that makes it, whose frames are predicted."),
  ...predictorFields,
});

/** Role of the video. */
export const predictedRole = "video";

/** What is known of the video that is predicted. Throws an Error when the plan forgot it. */
export function watchedVideo({ videos }: Facts): VideoFacts {
  const facts = videos[predictedRole];
  if (facts === undefined) throw new Error("nothing is known of the video");
  return facts;
}
