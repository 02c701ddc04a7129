/**
 * `frames.jsonl`: one line per finished frame. A frame without a line is not finished; of several lines for a frame the last one counts.
 * @module
 */
import { z } from "zod";
import { sha256OfBytes } from "./checksum.ts";
import { durableWrite } from "./durable_write.ts";
import { engineIdentitySchema, octaveRecordSchema } from "./events.ts";
import { readLines } from "./json_lines.ts";

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

/** A line whose `check` does not hold is damaged, and counts as not written. Lines without one are older. */
const lineSchema = z.looseObject({ check: z.string().optional() })
  .refine(({ check, ...record }) => check === undefined || check === checkOf(record))
  .pipe(frameRecordSchema);

/** A record as it stands in the file, with the beginning of its own sha256. */
export function frameLine(record: FinishedFrame): FinishedFrame & { readonly check: string } {
  return { ...record, check: checkOf(record) };
}

function checkOf(record: Readonly<Record<string, unknown>>): string {
  return sha256OfBytes(JSON.stringify(record)).slice(0, 16);
}

/** The finished frames by their numbers, negative ones being padding. */
export async function readFrameRecords(path: string): Promise<Map<number, FinishedFrame>> {
  const records = await readLines(path, lineSchema);
  return new Map(records.map((record) => [record.frame, record]));
}

/** Puts these records in place of all lines. */
export async function replaceFrameRecords(path: string, records: Iterable<FinishedFrame>): Promise<void> {
  const lines = Array.from(records, (record) => JSON.stringify(frameLine(record)) + "\n");
  await durableWrite(path, lines.join(""));
}
