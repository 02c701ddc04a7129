/**
 * The table of a similarity: one row per number.
 * @module
 */
import { z } from "zod";
import { csvText } from "../../formats/csv.ts";

/** The columns, in their order. */
const columns = ["video", "reference", "layer", "frame", "measure", "value"] as const;

/** A row. */
export const rowSchema = z.object({
  video: z.string(),
  reference: z.string(),
  layer: z.string(),
  /** The last one of those that the number is computed over. */
  frame: z.int(),
  measure: z.enum(["cka", "cka_debiased"]),
  value: z.number(),
});

/** A row. */
export type Row = z.infer<typeof rowSchema>;

/** The text of `table.csv`. */
export function tableText(rows: readonly Row[]): string {
  return csvText(columns, rows);
}
