/**
 * The settings of a report as they stand in YAML.
 * @module
 */
import type { z } from "zod";
import type { Reference } from "../../plan/stage_kind.ts";
import { settingsMap } from "../../workflow/fields.ts";
import { namesField } from "../video_list.ts";

/** What a report is of. */
export interface ReportSettings {
  /** Stages, all instances of each. */
  readonly of: readonly string[];
}

/** From YAML to `ReportSettings`. */
export const reportSchema: z.ZodType<ReportSettings> = settingsMap({
  of: namesField().describe(
    "The stages that the report tells of, all instances of each; it shows what they make and everything that they were made from.",
  ),
});

/** The stages that a report names. */
export function reportReferences({ of }: ReportSettings): Reference[] {
  return of.map((name, index): Reference => ({ path: ["of", index], name, wants: "record" }));
}
