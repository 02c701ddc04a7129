/**
 * `octaves:` a preset, or a map with steps.
 * @module
 */
import { z } from "zod";
import type { OctaveSettings } from "../../synthesis/settings.ts";
import {
  expects,
  keyframes,
  nonnegative,
  oneOf,
  positive,
  problemIssue,
  settingsMap,
  wholeNumber,
} from "../../workflow/fields.ts";
import { octavePresetNames, octavePresets, paperScale } from "./presets.ts";

const scale = z.number().gt(1).max(16);

/** What the paper says of its octaves. */
const papersKeys = ["iterations", "learning_rate", "total_variation"] as const;

const step = settingsMap({
  octave: z.int().min(-16).max(4).describe("The size is the full size times scale^octave: 0 is full size."),
  iterations: keyframes(wholeNumber(1)).exactOptional().describe(
    "Updates of each frame. Left out: the paper's at octaves -2, -1 and 0.",
  ),
  learning_rate: keyframes(positive).exactOptional().describe(
    "Step size. Left out: the paper's at octaves -2, -1 and 0.",
  ),
  total_variation: keyframes(nonnegative).exactOptional().describe(
    "Weight of total variation. Left out: the paper's at octaves -2, -1 and 0.",
  ),
  scale: scale.exactOptional().describe("Another scale for this step."),
}).transform((value, context): Omit<OctaveSettings, "scale"> & { readonly scale?: number } => {
  const paper = octavePresets.paper.find(({ octave }) => octave === value.octave);
  const complete = { ...paper, ...value };
  const { iterations, learning_rate, total_variation } = complete;
  if (iterations === undefined || learning_rate === undefined || total_variation === undefined) {
    const keys = papersKeys.filter((key) => complete[key] === undefined);
    const known = octavePresets.paper.map(({ octave }) => octave);
    context.issues.push({ ...problemIssue({ code: "octave_needs", keys, known }), input: value });
    return z.NEVER;
  }
  const own = value.scale === undefined ? {} : { scale: value.scale };
  return { octave: value.octave, iterations, learning_rate, total_variation, ...own };
});

const map = settingsMap({
  scale: scale.default(paperScale).describe("Ratio of one octave's size to the next."),
  steps: z.array(step).min(1).describe("The octaves in the order in which a frame goes through them."),
});

/** From YAML to the list of octaves. */
export const octaves = z.union([oneOf(octavePresetNames), map], { error: expects("octaves") })
  .transform((value): readonly OctaveSettings[] =>
    typeof value === "string"
      ? octavePresets[value]
      : value.steps.map(({ octave, scale, ...rest }) => ({ octave, scale: scale ?? value.scale, ...rest }))
  );
