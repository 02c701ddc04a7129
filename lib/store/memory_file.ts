/**
 * JSON files that are only a memory. A checksum tells damage, and what is damaged counts as nothing: a wrong memory is worse.
 * @module
 */
import { z } from "zod";
import { sha256OfBytes } from "./checksum.ts";
import { durableWrite } from "./durable_write.ts";
import { readTextIfThere } from "./presence.ts";

const checked = z.looseObject({ sha256: z.string() });

/** What is remembered; undefined when the file is missing, damaged or of another kind. Throws RunError when it cannot be read. */
export async function readMemory<T>(path: string, schema: z.ZodType<T>): Promise<T | undefined> {
  const text = await readTextIfThere(path);
  if (text === undefined) return undefined;
  try {
    const { sha256, ...content } = checked.parse(JSON.parse(text));
    return digestOf(content) === sha256 ? schema.parse(content) : undefined;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return undefined;
    throw error;
  }
}

/** Throws RunError when it cannot be written. */
export async function writeMemory(path: string, content: Readonly<Record<string, unknown>>): Promise<void> {
  await durableWrite(path, JSON.stringify({ sha256: digestOf(content), ...content }, undefined, 1) + "\n");
}

function digestOf(content: Readonly<Record<string, unknown>>): string {
  return sha256OfBytes(JSON.stringify(content));
}
