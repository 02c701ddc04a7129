/**
 * The table of a readout: one row per name.
 * @module
 */
import { z } from "zod";
import type { Guess } from "../../analysis/readout.ts";
import { csvText } from "../../formats/csv.ts";

/** The columns, in their order. */
const columns = ["video", "measure", "frame", "rank", "class", "label", "probability"] as const;

/** A row. */
export const rowSchema = z.object({
  video: z.string(),
  /** Of one frame, or of the mean of all frames' probabilities. */
  measure: z.enum(["frame", "video"]),
  /** The last one that the model sees. */
  frame: z.int().exactOptional(),
  /** 1 is the likeliest. */
  rank: z.int(),
  /** The class by its place among the model's outputs, from 0. */
  class: z.int(),
  /** Its name; the place where the model has no labels. */
  label: z.string(),
  probability: z.number(),
});

/** A row. */
export type Row = z.infer<typeof rowSchema>;

/** The text of `table.csv`. */
export function tableText(rows: readonly Row[]): string {
  return csvText(columns, rows);
}

/** The rows of a frame's or a video's guesses. */
export function guessRows(
  at: Pick<Row, "video" | "measure"> & { readonly frame?: number },
  guesses: readonly Guess[],
  labels: readonly string[] | undefined,
): readonly Row[] {
  return guesses.map(({ index, probability }, place) => ({
    ...at,
    rank: place + 1,
    class: index,
    label: labels?.[index] ?? String(index),
    probability,
  }));
}
