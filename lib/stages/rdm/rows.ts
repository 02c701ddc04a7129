/**
 * The table of representational dissimilarities: one row per number.
 * @module
 */
import { z } from "zod";
import { csvText } from "../../formats/csv.ts";

/** The columns, in their order. */
const columns = ["measure", "layer", "video", "other_video", "frame", "other_frame", "value"] as const;

/** A row: the distance of two frames of a video, or the rank correlation of two videos' distances. */
export const rowSchema = z.object({
  measure: z.enum(["dissimilarity", "rsa"]),
  layer: z.string(),
  video: z.string(),
  /** Of RSA: the video whose geometry this one's is compared with. */
  other_video: z.string().exactOptional(),
  /** Of a dissimilarity: the earlier frame, and the later one. */
  frame: z.int().exactOptional(),
  other_frame: z.int().exactOptional(),
  value: z.number(),
});

/** A row. */
export type Row = z.infer<typeof rowSchema>;

/** The text of `table.csv`. */
export function tableText(rows: readonly Row[]): string {
  return csvText(columns, rows);
}

/** The rows of a matrix, whose upper triangle is given row by row. */
export function dissimilarityRows(
  at: Pick<Row, "layer" | "video">,
  distances: Float64Array,
  frames: readonly number[],
): readonly Row[] {
  const rows: Row[] = [];
  let next = 0;
  for (const [index, frame] of frames.entries()) {
    for (const other_frame of frames.slice(index + 1)) {
      rows.push({ measure: "dissimilarity", ...at, frame, other_frame, value: distances[next++]! });
    }
  }
  return rows;
}

/** The numbers of a matrix, in the order in which they stand in the table. */
export function distancesIn(rows: readonly Row[], layer: string, video: string): Float64Array {
  const own = rows.filter((row) =>
    row.measure === "dissimilarity" && row.layer === layer && row.video === video
  );
  return Float64Array.from(own, ({ value }) => value);
}
