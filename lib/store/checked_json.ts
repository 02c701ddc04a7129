/**
 * JSON files with a checksum of what stands in them, so that a value that was changed by a damaged disk is not taken for what
 * was written. How a file is laid out does not matter.
 * @module
 */
import { z } from "zod";
import { RunError } from "../errors.ts";
import { sha256OfBytes } from "./checksum.ts";
import { durableWrite } from "./durable_write.ts";
import { parseJson } from "./json_text.ts";
import { readTextIfThere } from "./presence.ts";

const file = z.looseObject({ sha256: z.string().optional() });

/** What was found: the content, or in words why there is none to be had. */
export type CheckedContent<T> =
  | { readonly content: T; readonly problem?: never }
  | { readonly content?: never; readonly problem: string };

/**
 * Reads a file, undefined when there is none. Throws RunError when it cannot be read.
 * @param options unsealed: whether a file without a checksum counts, as files of earlier versions have none
 */
export async function readChecked<T>(
  path: string,
  schema: z.ZodType<T>,
  { unsealed }: { readonly unsealed: "accepted" | "refused" },
): Promise<CheckedContent<T> | undefined> {
  const text = await readTextIfThere(path);
  if (text === undefined) return undefined;
  const parsed = file.safeParse(parseJson(text));
  if (!parsed.success) return { problem: "it is cut short, or no JSON of this program" };
  const { sha256, ...content } = parsed.data;
  const isWhole = sha256 === undefined ? unsealed === "accepted" : sha256 === digestOf(content);
  if (!isWhole) return { problem: "its checksum does not hold: something in it was changed" };
  const fitting = schema.safeParse(content);
  return fitting.success ? { content: fitting.data } : { problem: "it is of another version" };
}

/** Writes a file with its checksum. Throws RunError when the disk is full or the folder cannot be written. */
export async function writeChecked(
  path: string,
  content: Readonly<Record<string, unknown>>,
): Promise<void> {
  await durableWrite(path, JSON.stringify({ sha256: digestOf(content), ...content }, undefined, 2) + "\n");
}

/** For who needs a record of a run that is damaged. */
export function damagedRecord(path: string, problem: string): RunError {
  return new RunError(`${path} is damaged: ${problem}; running its workflow again mends it`);
}

function digestOf(content: Readonly<Record<string, unknown>>): string {
  return sha256OfBytes(JSON.stringify(content));
}
