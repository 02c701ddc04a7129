/**
 * `frames.jsonl`: one line per finished frame. A frame without a whole line is not finished; of several lines for a frame the last one counts.
 * @module
 */
import { z } from "zod";
import { durableWrite } from "./durable_write.ts";
import { engineIdentitySchema, octaveRecordSchema } from "./events.ts";
import { checkedLine, readLines } from "./json_lines.ts";

/** A line of `frames.jsonl`. */
export const frameRecordSchema = z.object({
  frame: z.int(),
  sha256: z.string(),
  bytes: z.int(),
  losses: z.record(z.string(), z.number()).optional(),
  residuals: z.record(z.string(), z.record(z.string(), z.number())).optional(),
  seconds: z.number(),
  iterations: z.int().optional(),
  octaves: z.array(octaveRecordSchema).readonly().optional(),
  engine: engineIdentitySchema.optional(),
});

/** What is known of a finished frame. */
export type FinishedFrame = z.infer<typeof frameRecordSchema>;

/** The finished frames by their numbers, negative ones being padding. */
export async function readFrameRecords(path: string): Promise<Map<number, FinishedFrame>> {
  const { values } = await readLines(path, frameRecordSchema);
  return new Map(values.map((record) => [record.frame, record]));
}

/** Puts these records in place of all lines. */
export async function replaceFrameRecords(path: string, records: Iterable<FinishedFrame>): Promise<void> {
  await durableWrite(path, Array.from(records, checkedLine).join(""));
}
