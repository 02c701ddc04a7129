/**
 * The table of activations: what the arrays come to, frame by frame.
 * @module
 */
import { z } from "zod";
import { csvText } from "../../formats/csv.ts";
import type { Activity } from "../../analysis/vision_model/activity.ts";

/** The columns, in their order. */
const columns = ["video", "layer", "frame", "measure", "value"] as const;

/** A row. */
export const rowSchema = z.object({
  video: z.string(),
  layer: z.string(),
  /** The last one that the model sees. */
  frame: z.int(),
  /** Mean and standard deviation over the layer, and the share of it that is 0. */
  measure: z.enum(["mean", "sd", "zeros"]),
  value: z.number(),
});

/** A row. */
export type Row = z.infer<typeof rowSchema>;

/** The text of `table.csv`. */
export function tableText(rows: readonly Row[]): string {
  return csvText(columns, rows);
}

/** The rows of a layer in one window. Sums in float64. */
export function rowsOf(at: Pick<Row, "video" | "layer" | "frame">, { data }: Activity): readonly Row[] {
  let [sum, zeros] = [0, 0];
  for (let i = 0; i < data.length; i++) {
    sum += data[i]!;
    if (data[i] === 0) zeros++;
  }
  const mean = sum / data.length;
  let squares = 0;
  for (let i = 0; i < data.length; i++) squares += (data[i]! - mean) ** 2;
  return [
    { ...at, measure: "mean", value: mean },
    { ...at, measure: "sd", value: Math.sqrt(squares / data.length) },
    { ...at, measure: "zeros", value: zeros / data.length },
  ];
}
