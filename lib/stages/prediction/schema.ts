/**
 * The settings of an analysis of predictions as they stand in YAML.
 * @module
 */
import type { z } from "zod";
import { type SsimForm, ssimForms } from "../../analysis/ssim.ts";
import { oneOf, settingsMap } from "../../workflow/fields.ts";
import { predictorFields, type PredictorSettings } from "../predictor_settings.ts";
import { namesField } from "../video_list.ts";

/** Which videos are predicted, and how predictions are judged. */
export interface PredictionSettings extends PredictorSettings {
  readonly videos: readonly string[];
  readonly ssim: SsimForm;
}

/** From YAML to `PredictionSettings`. */
export const predictionSchema: z.ZodType<PredictionSettings> = settingsMap({
  videos: namesField().describe(
    "Videos and stages whose frames are predicted, each with all its instances, such as an original and its metamer.",
  ),
  ...predictorFields,
  ssim: oneOf(ssimForms).default("wang").describe(
    "By which form of SSIM predictions are compared with frames, as in the kind `ssim`.",
  ),
});
