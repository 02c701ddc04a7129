/**
 * The kind `features`: low-level features of stimuli beside those of a reference.
 * @module
 */
import type { StageKind } from "../../plan/stage_kind.ts";
import { checkFeatures } from "./check.ts";
import { featuresReferences, writtenFeatures } from "./conditions.ts";
import { featuresReads, keyedFeatures } from "./keyed.ts";
import { featuresMethods } from "./methods.ts";
import { featuresSchema, type FeaturesSettings } from "./schema.ts";
import { featuresWork } from "./work.ts";

/** Intensity, contrast, pixel change, optical flow, spectra and gray levels of the frames as delivered. */
export const featuresKind: StageKind<FeaturesSettings> = {
  name: "features",
  summary:
    "Measures low-level features of videos (intensity, contrast, pixel change, optical flow, spectra) beside those of a reference.",
  format: 4,
  artifact: "table",
  schema: featuresSchema,
  references: featuresReferences,
  write: writtenFeatures,
  check: checkFeatures,
  makes: () => ({ made: "table" }),
  reads: featuresReads,
  keyed: keyedFeatures,
  work: featuresWork,
  deviations: () => [],
  methods: featuresMethods,
  async load() {
    const { runFeatures } = await import("./run.ts");
    return runFeatures;
  },
};
