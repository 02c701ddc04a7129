/**
 * The texts that a workflow is read from.
 * @module
 */
import { sha256OfBytes } from "../../../store/checksum.ts";
import { type ReadFile, readRegularFile } from "../../../workflow/read_text.ts";
import type { Pipeline } from "./pipeline.ts";

/** Reads as usual, and keeps the path and checksum of each text: the workflow, what it extends, clip tables. */
export function recordSources(): { readonly read: ReadFile; readonly sources: () => Pipeline["sources"] } {
  const found = new Map<string, string>();
  return {
    async read(path, mostBytes) {
      const content = await readRegularFile(path, mostBytes);
      if (content instanceof Uint8Array) found.set(path, sha256OfBytes(content));
      return content;
    },
    sources: () => [...found].map(([path, sha256]) => ({ path, sha256 })),
  };
}
