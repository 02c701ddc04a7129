/**
 * The table of an analysis of predictions: one row per number.
 * @module
 */
import { z } from "zod";
import { csvText } from "../../formats/csv.ts";

const columns = ["video", "frame", "measure", "level", "value"] as const;

/** What is measured of a frame that was predicted. */
export const predictionMeasures = ["ssim", "cssim", "ssim_repeated", "error"] as const;

/** A row. */
export const predictionRowSchema = z.object({
  /** Name of the instance. */
  video: z.string(),
  /** Time of the frame that was predicted. */
  frame: z.int(),
  /**
   * `ssim` of the prediction and the frame; `cssim`: (1 - SSIM of the prediction and the frame before) times that; `ssim_repeated`
   * of the frame before and the frame, what repeating would reach; `error`: the mean over a level's errors.
   */
  measure: z.enum(predictionMeasures),
  /** Of an error, from 0. */
  level: z.int().exactOptional(),
  value: z.number(),
});

/** A row. */
export type PredictionRow = z.infer<typeof predictionRowSchema>;

/** The text of `table.csv`. */
export function predictionTable(rows: readonly PredictionRow[]): string {
  return csvText(columns, rows);
}
