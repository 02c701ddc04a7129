/**
 * The settings of a comparison of features as they stand in YAML.
 * @module
 */
import type { z } from "zod";
import { distinctNames, seed, settingsMap } from "../../workflow/fields.ts";

/** What is measured, and what it is held against. */
export interface FeaturesSettings {
  /** Videos and stages; what the first one names is the reference. */
  readonly videos: readonly string[];
  /** Of the bootstrap's resamples. */
  readonly seed: number;
}

/** From YAML to `FeaturesSettings`. */
export const featuresSchema: z.ZodType<FeaturesSettings> = settingsMap({
  videos: distinctNames.describe(
    "Videos and stages that are measured, each with all its instances. The first is the reference, beside which the others are shown; of a stage or a clip table with several, each video has the one of its own clip.",
  ),
  seed: seed.default(1).describe("Seed of the bootstrap intervals over several clips."),
});
