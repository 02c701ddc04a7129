/**
 * The settings of phase scrambling as they stand in YAML.
 * @module
 */
import type { z } from "zod";
import { phaseScrambleDefaults, type PhaseScrambleSettings } from "../../controls/phase_scramble.ts";
import type { ColorTransferVariant } from "../../frames/color_transfer/transfer_color.ts";
import type { Reference } from "../../plan/stage_kind.ts";
import { oneOf, seed, settingsMap } from "../../workflow/fields.ts";
import { colorTransfer } from "../color_transfer_schema.ts";
import { oneVideoFields, type OneVideoSettings, videoReference } from "../one_video.ts";

/** Which frames are scrambled, how, and whose colors they take. */
export interface PhaseScrambleStage extends OneVideoSettings, PhaseScrambleSettings {
  readonly color_transfer: "none" | {
    readonly video: string;
    readonly variant: Exclude<ColorTransferVariant, "none">;
  };
}

/** Role of the video whose colors are taken. */
export const colorRole = "color_transfer.video";

const { steps, angles, mode, channels } = phaseScrambleDefaults;

const fields = settingsMap({
  ...oneVideoFields,
  steps: oneOf(["both", "frames", "clip"]).default(steps).describe(
    "Whose phases are scrambled: those of each frame's two-dimensional spectrum (`frames`), those of the whole clip's three-dimensional one (`clip`), or `both`, one after the other.",
  ),
  angles: oneOf(["shared", "per_frame"]).default(angles).describe(
    "In the step `frames`: the same angles for all frames, which keeps the clip's three-dimensional amplitude spectrum, or fresh ones for each, which makes it white in time.",
  ),
  mode: oneOf(["add", "replace"]).default(mode).describe(
    "Random angles are added to the phases, or take their place. With `replace`, the step `frames` gives all frames the same phases: what moves stands still.",
  ),
  channels: oneOf(["separate", "same"]).default(channels).describe(
    "Red, green and blue get angles of their own, or the same, which keeps the correlations between them. A gray video stays gray.",
  ),
  color_transfer: colorTransfer.exactOptional().describe(
    "The video whose colors the frames take, frame by frame, or `none`, which clips values and says how many. Left out: the video that is scrambled.",
  ),
  seed: seed.default(1).describe("Seed of all angles."),
});

/** From YAML to `PhaseScrambleStage`. */
export const phaseScrambleSchema: z.ZodType<PhaseScrambleStage> = fields.transform((settings) => ({
  ...settings,
  color_transfer: settings.color_transfer ?? { video: settings.video, variant: "pdf_regrain" as const },
}));

/** The video that is scrambled, and the one whose colors are taken. */
export function phaseScrambleReferences(settings: PhaseScrambleStage): Reference[] {
  const { color_transfer } = settings;
  return [
    videoReference(settings),
    ...(color_transfer === "none" ? [] : [
      { path: ["color_transfer", "video"], name: color_transfer.video, wants: "video" } satisfies Reference,
    ]),
  ];
}
