/**
 * The settings of an equalization as they stand in YAML.
 * @module
 */
import { z } from "zod";
import type { EqualizeChoices } from "../../controls/equalize/choices.ts";
import { name, oneOf, problemIssue, seed, settingsMap } from "../../workflow/fields.ts";
import { oneVideoFields, type OneVideoSettings } from "../one_video.ts";
import { namesField } from "../video_list.ts";

/** The video that is made, the videos whose statistics it gets, and which these are. */
export interface EqualizeSettings extends OneVideoSettings, EqualizeChoices {
  /** By name; each stands for all of its instances. */
  readonly videos: readonly string[];
}

/** From YAML to `EqualizeSettings`. */
export const equalizeSchema: z.ZodType<EqualizeSettings> = settingsMap({
  video: name.describe(
    "The video, or the stage that makes it, that is made equal to the others. `matrix: { video: [...] }` and `$video` make several.",
  ),
  videos: namesField().describe(
    "The videos and stages whose mean statistics it gets, as a rule with itself among them; each counts as much as any other, however long and large it is.",
  ),
  match: oneOf(["luminance", "histogram"]).default("luminance").describe(
    "What is made equal: mean and RMS contrast (`luminance`), or the whole histogram of 256 levels, exactly (`histogram`).",
  ),
  spectrum: oneOf(["none", "rotational"]).default("none").describe(
    "Whether the amplitude spectrum of the frames, averaged over orientations, is made equal before that.",
  ),
  over: oneOf(["clip", "frame"]).default("clip").describe(
    "What gets the same statistics: each clip as a whole, which keeps its changes over time; or each frame.",
  ),
  values: oneOf(["coded", "linear"]).default("coded").describe(
    "Which values are made equal: as files hold them (sRGB), or light.",
  ),
  channels: oneOf(["luminance", "separate"]).default("luminance").describe(
    "`luminance`: luma of coded values (.299, .587, .114), luminance of light (.2126, .7152, .0722); colors keep their difference from gray as far as it fits. `separate`: red, green and blue, each by itself.",
  ),
  mean: z.number().gt(0).lt(1).exactOptional().describe("A mean in the place of the videos' own."),
  contrast: z.number().positive().max(0.5).exactOptional().describe(
    "An RMS contrast (standard deviation) in the place of the videos' own.",
  ),
  frames: oneVideoFields.frames.describe(
    "How many frames of each video are taken, from the first; shorter ones count as they are. Left out: all.",
  ),
  seed: seed.default(1).describe(
    "With `match: histogram`, pixels that are equal and have equal surroundings are told apart by chance: its seed.",
  ),
}).check((context) => {
  const { match, mean, contrast } = context.value;
  if (match === "luminance") return;
  for (const [key, value] of Object.entries({ mean, contrast })) {
    if (value === undefined) continue;
    const fact = { code: "idle_setting", when: "match: histogram" } as const;
    context.issues.push({ ...problemIssue(fact, [key]), input: context.value });
  }
});
