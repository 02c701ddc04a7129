/**
 * The settings of a report as they stand in YAML.
 * @module
 */
import { z } from "zod";
import type { Reference } from "../../plan/stage_kind.ts";
import { expects, name, problemIssue, settingsMap } from "../../workflow/fields.ts";

/** What a report is of. */
export interface ReportSettings {
  /** Stages, all instances of each. */
  readonly of: readonly string[];
}

/** From YAML to `ReportSettings`. */
export const reportSchema: z.ZodType<ReportSettings> = settingsMap({
  of: z.union([name, z.array(name).min(1)], { error: expects("names") })
    .transform((value): readonly string[] => typeof value === "string" ? [value] : value)
    .check((context) => {
      const repeated = context.value.find((name, index) => context.value.indexOf(name) !== index);
      if (repeated === undefined) return;
      context.issues.push({ ...problemIssue({ code: "repeated", value: repeated }), input: context.value });
    })
    .describe(
      "The stages that the report tells of, all instances of each; it shows what they make and everything that they were made from.",
    ),
});

/** The stages that a report names. */
export function reportReferences({ of }: ReportSettings): Reference[] {
  return of.map((name, index): Reference => ({ path: ["of", index], name, wants: "record" }));
}
