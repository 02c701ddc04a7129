/**
 * JSON files that are only a memory: what is damaged, or has no checksum, counts as nothing, for a wrong memory is worse.
 * @module
 */
import type { z } from "zod";
import { readChecked, writeChecked } from "./checked_json.ts";

/** What is remembered; undefined when the file is missing, damaged or of another kind. Throws RunError when it cannot be read. */
export async function readMemory<T>(path: string, schema: z.ZodType<T>): Promise<T | undefined> {
  return (await readChecked(path, schema, { unsealed: "refused" }))?.content;
}

/** Throws RunError when it cannot be written. */
export async function writeMemory(path: string, content: Readonly<Record<string, unknown>>): Promise<void> {
  await writeChecked(path, content);
}
