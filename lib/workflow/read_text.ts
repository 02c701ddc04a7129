/**
 * Reading text files that people name: whatever lies there, it is read whole and soon, or refused with a reason.
 * @module
 */
import type { ProblemFact } from "./problems.ts";

/** Reads a file of at most so many bytes, or says why it should not be read; rejects with Deno.errors.NotFound and the like. */
export type ReadFile = (path: string, mostBytes: number) => Promise<Uint8Array | ProblemFact>;

/** Reads a regular file. A device or a pipe would be read forever. */
export async function readRegularFile(path: string, mostBytes: number): Promise<Uint8Array | ProblemFact> {
  const { isFile, isDirectory, size } = await Deno.stat(path);
  if (!isFile) {
    const detail = isDirectory ? "it is a folder" : "it is no file but a device or a pipe";
    return { code: "file_unreadable", file: path, detail };
  }
  if (size > mostBytes) return { code: "text_too_large", bytes: size, most: mostBytes };
  return await Deno.readFile(path);
}

/** Why a file could not be read. */
export function readingProblem(path: string, error: unknown): ProblemFact {
  if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
    return { code: "file_missing", file: path };
  }
  const message = error instanceof Error ? error.message : String(error);
  const detail = error instanceof Deno.errors.PermissionDenied
    ? "you have no permission to read it"
    : message.replace(/ \(os error \d+\).*$/, "");
  return { code: "file_unreadable", file: path, detail };
}

/** The text, or why it is none. Reads UTF-8, with or without a byte order mark. */
export function textOf(bytes: Uint8Array): string | ProblemFact {
  const [first, second] = bytes;
  const isUtf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  if (isUtf16) return { code: "not_utf8", found: "UTF-16 text" };
  if (bytes.includes(0)) return { code: "not_utf8", found: "no plain text" };
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return { code: "not_utf8", found: "not UTF-8 text" };
  }
}
