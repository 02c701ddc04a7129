/**
 * Files of one JSON object per line that grow at the end. A process may die while it writes: a torn last line counts as not written.
 * @module
 */
import type { z } from "zod";
import { cannotWrite, readTextIfThere } from "./durable_write.ts";

const newline = 0x0a;

/** Appends lines; the owner of the file is the only writer. */
export interface LineWriter extends Disposable {
  /** Hands the line to the system before it returns: it survives the end of this process, not of the machine. */
  append(value: unknown): void;
  /** Resolves when all lines are on the disk. */
  sync(): Promise<void>;
}

/** Opens a file for appending, cutting off a torn last line. Throws RunError when it cannot be written. */
export async function openLineWriter(path: string): Promise<LineWriter> {
  try {
    const file = await Deno.open(path, { read: true, write: true, create: true });
    await cutTornLine(file);
    return {
      append(value) {
        writeAll(file, path, new TextEncoder().encode(JSON.stringify(value) + "\n"));
      },
      sync: () => file.sync(),
      [Symbol.dispose]: () => file.close(),
    };
  } catch (error) {
    throw cannotWrite(path, error);
  }
}

/** All lines that can be read and fit the schema, in order; none when there is no such file. */
export async function readLines<T>(path: string, schema: z.ZodType<T>): Promise<T[]> {
  const text = await readTextIfThere(path) ?? "";
  const lines = text.split("\n");
  lines.pop(); // what follows the last line's end: nothing, or a torn line
  return lines.flatMap((line) => {
    const parsed = schema.safeParse(parseOrUndefined(line));
    return parsed.success ? [parsed.data] : [];
  });
}

function parseOrUndefined(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function writeAll(file: Deno.FsFile, path: string, bytes: Uint8Array): void {
  try {
    for (let written = 0; written < bytes.length;) written += file.writeSync(bytes.subarray(written));
  } catch (error) {
    throw cannotWrite(path, error);
  }
}

/** Leaves the file's position at its end. */
async function cutTornLine(file: Deno.FsFile): Promise<void> {
  const { size } = await file.stat();
  let end = size;
  const piece = new Uint8Array(4096);
  while (end > 0) {
    const start = Math.max(0, end - piece.length);
    await file.seek(start, Deno.SeekMode.Start);
    const count = await file.read(piece.subarray(0, end - start)) ?? 0;
    const last = piece.subarray(0, count).lastIndexOf(newline);
    if (last >= 0) {
      end = start + last + 1;
      break;
    }
    end = start;
  }
  if (end < size) await file.truncate(end);
  await file.seek(end, Deno.SeekMode.Start);
}
