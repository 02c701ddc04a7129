/**
 * The settings of a shuffle as a workflow gives them.
 * @module
 */
import type { z } from "zod";
import { seed, settingsMap } from "../../workflow/fields.ts";
import { oneVideoFields, type OneVideoSettings } from "../one_video.ts";

/** Which frames are shuffled, and how. */
export interface FrameShuffleSettings extends OneVideoSettings {
  readonly seed: number;
}

/** A stage's fields beside `kind`. */
export const frameShuffleSchema: z.ZodType<FrameShuffleSettings> = settingsMap({
  ...oneVideoFields,
  seed: seed.default(1).describe("Seed of the order."),
});
