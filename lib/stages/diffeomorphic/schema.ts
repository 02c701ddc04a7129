/**
 * The settings of a warp as a workflow gives them.
 * @module
 */
import { z } from "zod";
import type { WarpSettings } from "../../controls/warp_field.ts";
import { seed, settingsMap, wholeNumber } from "../../workflow/fields.ts";
import { oneVideoFields, type OneVideoSettings } from "../one_video.ts";

/** Which frames are warped, and how. */
export type DiffeomorphicSettings = OneVideoSettings & WarpSettings;

/** A stage's fields beside `kind`. */
export const diffeomorphicSchema: z.ZodType<DiffeomorphicSettings> = settingsMap({
  ...oneVideoFields,
  amount: z.number().positive().max(1).default(0.05).describe(
    "How far the warp carries: the root mean square, across and down each, of the field's length over all steps, in frame heights.",
  ),
  components: wholeNumber(1).max(20).default(6).describe(
    "The field has waves of up to so many cycles per frame.",
  ),
  steps: wholeNumber(1).max(10_000).exactOptional().describe(
    "In how many small steps the field is followed. Left out: as many as make sure that nothing folds, and 20 at least.",
  ),
  seed: seed.default(1).describe("Seed of the warp."),
});
