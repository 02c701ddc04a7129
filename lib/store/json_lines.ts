/**
 * Files of one JSON object per line that grow at the end. A process may die while it writes: a torn last line counts as not
 * written, and so does a line that a damaged disk has changed: each ends with a checksum of itself.
 * @module
 */
import type { z } from "zod";
import { sha256OfBytes } from "./checksum.ts";
import { cannotWrite } from "./durable_write.ts";
import { parseJson } from "./json_text.ts";
import { readTextIfThere, sizeIfThere } from "./presence.ts";

const newline = 0x0a;

/** Appends lines. Several processes may append to one file: each line is one write at the file's end. */
export interface LineWriter extends Disposable {
  /** Hands the line to the system before it returns: it survives the end of this process, not of the machine. */
  append(value: object): void;
  /** Resolves when all lines are on the disk. */
  sync(): Promise<void>;
}

/** Opens a file for appending, closing off a torn last line. Throws RunError when it cannot be written. */
export async function openLineWriter(path: string): Promise<LineWriter> {
  try {
    const file = await Deno.open(path, { read: true, append: true, create: true });
    if (await endsInsideLine(file)) writeAll(file, path, Uint8Array.of(newline));
    return {
      append: (value) => writeAll(file, path, new TextEncoder().encode(checkedLine(value))),
      sync: () => file.sync(),
      [Symbol.dispose]: () => file.close(),
    };
  } catch (error) {
    throw cannotWrite(path, error);
  }
}

/** The line for an object, with the beginning of the sha256 of what it would be without. */
export function checkedLine(value: object): string {
  return JSON.stringify({ ...value, check: checkOf(JSON.stringify(value)) }) + "\n";
}

/** What stands in a file. */
export interface Lines<T> {
  /** Of the lines that are as they were written and fit the schema, in order. */
  readonly values: readonly T[];
  /** How many lines are not as they were written. */
  readonly damaged: number;
}

/** Reads all lines; there are none when there is no such file. */
export async function readLines<T>(path: string, schema: z.ZodType<T>): Promise<Lines<T>> {
  return parseLines(await readTextIfThere(path) ?? "", schema);
}

/** Lines that stand within the last `bytes` of a file, read as `readLines` does; a log of days is looked at in no time. */
export async function readLastLines<T>(
  path: string,
  schema: z.ZodType<T>,
  bytes: number,
): Promise<Lines<T>> {
  const size = await sizeIfThere(path);
  if (size === undefined) return { values: [], damaged: 0 };
  using file = await Deno.open(path, { read: true });
  const start = Math.max(0, size - bytes);
  await file.seek(start, Deno.SeekMode.Start);
  const text = await new Response(file.readable).text();
  // Where reading begins, a line may be cut.
  return parseLines(start === 0 ? text : text.slice(text.indexOf("\n") + 1), schema);
}

function parseLines<T>(text: string, schema: z.ZodType<T>): Lines<T> {
  const lines = text.split("\n");
  lines.pop(); // what follows the last line's end: nothing, or a torn line
  const written = lines.filter((line) => line !== "");
  const objects = written.filter(isWhole).map(parseJson).filter((object) => object !== undefined);
  const values = objects.flatMap((object) => {
    const parsed = schema.safeParse(object);
    return parsed.success ? [parsed.data] : [];
  });
  return { values, damaged: written.length - objects.length };
}

const checkAtEnd = /,"check":"([0-9a-f]+)"\}$/;

/** Lines without a check are older. */
function isWhole(line: string): boolean {
  const check = checkAtEnd.exec(line)?.[1];
  return check === undefined || check === checkOf(line.replace(checkAtEnd, "}"));
}

function checkOf(text: string): string {
  return sha256OfBytes(text).slice(0, 16);
}

function writeAll(file: Deno.FsFile, path: string, bytes: Uint8Array): void {
  try {
    for (let written = 0; written < bytes.length;) written += file.writeSync(bytes.subarray(written));
  } catch (error) {
    throw cannotWrite(path, error);
  }
}

async function endsInsideLine(file: Deno.FsFile): Promise<boolean> {
  const { size } = await file.stat();
  if (size === 0) return false;
  const last = new Uint8Array(1);
  await file.seek(-1, Deno.SeekMode.End);
  await file.read(last);
  return last[0] !== newline;
}
