/**
 * The settings of a comparison by SSIM as they stand in YAML.
 * @module
 */
import type { z } from "zod";
import { type SsimForm, ssimForms } from "../../analysis/ssim.ts";
import { oneOf, settingsMap } from "../../workflow/fields.ts";
import { namesField } from "../video_list.ts";

/** What is compared, and how. */
export interface SsimSettings {
  /** The first is the reference. */
  readonly videos: readonly string[];
  readonly form: SsimForm;
}

/** From YAML to `SsimSettings`. */
export const ssimSchema: z.ZodType<SsimSettings> = settingsMap({
  videos: namesField(2).describe(
    "Videos and stages, two or more. The first, one video, is the reference that all others are compared with, frame by frame; they have its size.",
  ),
  form: oneOf(ssimForms).default("wang").describe(
    "`wang`: as published, a Gaussian window of 11 x 11 (sigma 1.5). `scikit_image`: that library's default, a uniform window of 7 x 7 with sample covariances.",
  ),
});
