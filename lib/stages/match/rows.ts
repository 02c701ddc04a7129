/**
 * The table of a match: one row per number.
 * @module
 */
import { z } from "zod";
import { csvText } from "../../formats/csv.ts";

/** The columns, in their order. */
const columns = ["instance", "frame", "term", "layer", "measure", "of", "draw", "value"] as const;

/** A row. `term` and `layer` are absent where a number is about whole frames. */
export const rowSchema = z.object({
  /** The stage instance whose goal it is. */
  instance: z.string(),
  frame: z.int(),
  term: z.string().exactOptional(),
  layer: z.string().exactOptional(),
  /** `residual` of the frames, of what is no match (`null`) or of the target's successor (`ceiling`); and over whole frames. */
  measure: z.enum(["residual", "null", "ceiling", "luminance", "contrast", "flicker"]),
  /** Whose number it is: `frames`, `neighbors`, `shifted`, `scrambled`, or a clip's name. */
  of: z.string(),
  /** Which of several versions: by how many frames it is shifted, or which scrambled version. */
  draw: z.int().exactOptional(),
  value: z.number(),
});

/** A row. */
export type Row = z.infer<typeof rowSchema>;

/** The judged frames, in the column `of`. */
export const judged = "frames";

/** The text of `table.csv`. */
export function tableText(rows: readonly Row[]): string {
  return csvText(columns, rows);
}
