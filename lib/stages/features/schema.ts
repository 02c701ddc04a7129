/**
 * The settings of a comparison of features as they stand in YAML.
 * @module
 */
import { z } from "zod";
import { expects, name, problemIssue, seed, settingsMap, wholeNumber } from "../../workflow/fields.ts";

/** Videos that belong together in the comparison. */
export interface NamedVideos {
  /** What they are called in tables and charts. */
  readonly label: string;
  /** Videos, stages and clip tables. */
  readonly names: readonly string[];
}

/** What is measured, and what it is held against. */
export interface FeaturesSettings {
  /** The first is the reference. */
  readonly videos: readonly NamedVideos[];
  /** By label, for each video of a condition which video of the reference it is compared with, from 1. */
  readonly pairs: Readonly<Record<string, readonly number[]>>;
  /** Of the bootstrap's resamples. */
  readonly seed: number;
}

const oneOrMore = z.union([name, z.array(name).min(1)], { error: expects("names") })
  .transform((value): readonly string[] => typeof value === "string" ? [value] : value);

const item = z.union([name, z.record(name, oneOrMore)], { error: expects("condition") })
  .transform((value): readonly NamedVideos[] =>
    typeof value === "string"
      ? [{ label: value, names: [value] }]
      : Object.entries(value).map(([label, names]) => ({ label, names }))
  );

const videos = z.union([name, z.array(item).min(1)], { error: expects("names") })
  .transform((value): readonly NamedVideos[] =>
    typeof value === "string" ? [{ label: value, names: [value] }] : value.flat()
  )
  .check((context) => {
    const labels = context.value.map(({ label }) => label);
    const repeated = labels.find((label, index) => labels.indexOf(label) !== index);
    if (repeated === undefined) return;
    context.issues.push({ ...problemIssue({ code: "repeated", value: repeated }), input: context.value });
  });

/** From YAML to `FeaturesSettings`. */
export const featuresSchema: z.ZodType<FeaturesSettings> = settingsMap({
  videos: videos.describe(
    "Videos and stages that are measured, each with all its instances; `{ label: name }` or `{ label: [name, name] }` calls them otherwise. The first is the reference, beside which the others are shown; of a stage or a clip table with several, each video has the one of its own clip.",
  ),
  pairs: z.record(name, z.array(wholeNumber(1))).default({}).describe(
    "Where the reference is several videos, and neither names nor matrices say which of them each video belongs to: by name or label, the number of that reference for each video, such as `{ scrambled: [1, 2, 2] }`.",
  ),
  seed: seed.default(1).describe("Seed of the bootstrap intervals over several clips."),
}).check((context) => {
  const known = context.value.videos.map(({ label }) => label);
  for (const key of Object.keys(context.value.pairs).filter((key) => !known.includes(key))) {
    context.issues.push({
      ...problemIssue({ code: "unknown_key", key, known }, ["pairs"]),
      input: context.value,
    });
  }
});
