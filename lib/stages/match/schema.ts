/**
 * The settings of a match as they stand in YAML.
 * @module
 */
import { z } from "zod";
import { expects, name, problemIssue, seed, settingsMap, wholeNumber } from "../../workflow/fields.ts";
import { namesField } from "../video_list.ts";

/** What is measured, and what it is held against. */
export interface MatchSettings {
  /** Stages whose targets count, and whose frames are judged unless `video` is given. */
  readonly stage: readonly string[];
  /** The video whose frames are judged. */
  readonly video?: string;
  /** Clips that are no match. */
  readonly null: readonly string[];
  /** At how many other times the targets are taken as no match. */
  readonly shifted: number;
  /** How many phase-scrambled versions of the targets are taken as no match. */
  readonly scrambled: number;
  /** The share of the null distribution that may be as near as a match. */
  readonly quantile: number;
  readonly seed: number;
}

const clips = z.union([name, z.array(name)], { error: expects("names") })
  .transform((value): readonly string[] => typeof value === "string" ? [value] : value);

const mostVersions = 100;

/** From YAML to `MatchSettings`. */
export const matchSchema: z.ZodType<MatchSettings> = settingsMap({
  stage: namesField().describe(
    "The stage whose frames are judged by what they were to match; all instances of it, or a list of stages.",
  ),
  video: name.exactOptional().describe(
    "Another video that is judged by the stage's targets, such as the target itself. The stage need not be rendered then.",
  ),
  null: clips.prefault([]).describe(
    "Videos that are no match, for the null distribution. A term that has one of them as its target leaves it out.",
  ),
  shifted: wholeNumber(0).max(mostVersions).default(0).describe(
    "At how many other times, evenly spread over the clip, the targets are taken as no match, too. For clips that change: those of a still camera match themselves at any time.",
  ),
  scrambled: wholeNumber(0).max(mostVersions).default(2).describe(
    "How many phase-scrambled versions of the targets are taken as no match.",
  ),
  quantile: z.number().gt(0).lt(1).default(0.05).describe(
    "Frames are nearer than what is no match when less than this share of its residuals are no larger than theirs.",
  ),
  seed: seed.default(1).describe("Seed of the scrambled phases."),
}).check((context) => {
  const { null: clips, shifted, scrambled } = context.value;
  if (clips.length > 0 || shifted > 0 || scrambled > 0) return;
  context.issues.push({ ...problemIssue({ code: "no_null" }), input: context.value });
});
