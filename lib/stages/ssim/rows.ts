/**
 * The table of a comparison by SSIM: one row per number.
 * @module
 */
import { z } from "zod";
import { csvText } from "../../formats/csv.ts";

const columns = ["video", "reference", "frame", "measure", "value"] as const;

/** A row. */
export const ssimRowSchema = z.object({
  /** Names of the instances that are compared. */
  video: z.string(),
  reference: z.string(),
  frame: z.int(),
  measure: z.literal("ssim"),
  value: z.number(),
});

/** A row. */
export type SsimRow = z.infer<typeof ssimRowSchema>;

/** The text of `table.csv`. */
export function ssimTable(rows: readonly SsimRow[]): string {
  return csvText(columns, rows);
}
