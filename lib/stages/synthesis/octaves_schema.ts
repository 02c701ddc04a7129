/**
 * `octaves:` a preset, or a map with steps.
 * @module
 */
import { z } from "zod";
import type { OctaveSettings } from "../../synthesis/settings.ts";
import {
  expects,
  keyframesWithPadding,
  nonnegative,
  oneOf,
  positive,
  problemIssue,
  settingsMap,
  wholeNumber,
} from "../../workflow/fields.ts";
import { type OctavePresetName, octavePresetNames, paperOctaves, paperScale } from "./presets.ts";

const scale = z.number().gt(1).max(16);

/** What the paper says of its octaves. */
const papersKeys = ["iterations", "learning_rate", "total_variation"] as const;

const step = settingsMap({
  octave: z.int().min(-16).max(4).describe("The size is the full size times scale^octave: 0 is full size."),
  iterations: keyframesWithPadding(wholeNumber(0)).exactOptional().describe(
    "Updates of each frame; a frame that has 0 passes over the octave. Keyframes may stand at padding frames, which are negative. Left out: the paper's at octaves -2, -1 and 0.",
  ),
  learning_rate: keyframesWithPadding(positive).exactOptional().describe(
    "Step size. Left out: the paper's at octaves -2, -1 and 0.",
  ),
  total_variation: keyframesWithPadding(nonnegative).exactOptional().describe(
    "Weight of total variation. Left out: the paper's at octaves -2, -1 and 0.",
  ),
  temporal: keyframesWithPadding(nonnegative).exactOptional().describe(
    "What the weights of the temporal terms are multiplied with at this octave. Left out: 1.",
  ),
  scale: scale.exactOptional().describe("Another scale for this step."),
}).transform((value, context): Omit<OctaveSettings, "scale"> & { readonly scale?: number } => {
  const paper = paperOctaves.find(({ octave }) => octave === value.octave);
  const complete = { ...paper, ...value };
  const { iterations, learning_rate, total_variation } = complete;
  if (iterations === undefined || learning_rate === undefined || total_variation === undefined) {
    const keys = papersKeys.filter((key) => complete[key] === undefined);
    const known = paperOctaves.map(({ octave }) => octave);
    context.issues.push({ ...problemIssue({ code: "octave_needs", keys, known }), input: value });
    return z.NEVER;
  }
  const { octave, scale, temporal } = value;
  return {
    octave,
    iterations,
    learning_rate,
    total_variation,
    ...(scale !== undefined && { scale }),
    ...(temporal !== undefined && { temporal }),
  };
});

const map = settingsMap({
  scale: scale.default(paperScale).describe("Ratio of one octave's size to the next."),
  steps: z.array(step).min(1).describe("The octaves in the order in which a frame goes through them."),
});

/** From YAML to the list of octaves, or to the name of one that depends on other settings. */
export const octaves = z.union([oneOf(octavePresetNames), map], { error: expects("octaves") })
  .transform((value): OctavePresetName | readonly OctaveSettings[] =>
    typeof value === "string"
      ? value
      : value.steps.map(({ octave, scale, ...rest }) => ({ octave, scale: scale ?? value.scale, ...rest }))
  );
