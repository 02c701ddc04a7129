/**
 * Digests of files remembered by what tells a file from its later self, so that a clip of gigabytes is read once.
 * @module
 */
import { resolve } from "node:path";
import { z } from "zod";
import { sha256OfFile } from "./checksum.ts";
import { readMemory, writeMemory } from "./memory_file.ts";

const entrySchema = z.object({
  size: z.int(),
  /** Milliseconds since 1970. */
  mtime: z.number(),
  inode: z.number(),
  sha256: z.string(),
});
const fileSchema = z.object({ v: z.literal(1), files: z.record(z.string(), entrySchema) });
type Entry = z.infer<typeof entrySchema>;

/** A file changed so shortly ago may change again within the clock's resolution: its digest is not remembered. */
const settledAfter = 2_000;

/** Answers with the digest of a file, from memory when size, time of change and inode are those of last time. */
export interface Digests {
  /** sha256 in hex; throws Deno.errors.NotFound when there is no such file. */
  sha256(path: string): Promise<string>;
  /** Has the file read again at the next question: it turned out to be another one than its size and times tell. */
  forget(path: string): void;
  /** Writes what was learned, beside what other processes have written meanwhile. */
  save(): Promise<void>;
}

/** Opens `digests.json`; a file that is missing or damaged counts as empty. */
export async function openDigests(path: string): Promise<Digests> {
  const known = await readEntries(path);
  const learned = new Map<string, Entry>();
  const forgotten = new Set<string>();

  async function entryOf(file: string): Promise<Omit<Entry, "sha256"> | undefined> {
    const { size, mtime, ino } = await Deno.stat(file);
    if (mtime === null) return undefined;
    return { size, mtime: mtime.getTime(), inode: ino ?? 0 };
  }

  async function learn(file: string, sha256: string): Promise<void> {
    const entry = await entryOf(file);
    if (entry === undefined || Date.now() - entry.mtime < settledAfter) return;
    learned.set(resolve(file), { ...entry, sha256 });
  }

  return {
    async sha256(file) {
      const now = await entryOf(file);
      const then = learned.get(resolve(file)) ?? known.get(resolve(file));
      const unchanged = now !== undefined && then !== undefined && then.size === now.size &&
        then.mtime === now.mtime && then.inode === now.inode;
      if (unchanged) return then.sha256;
      const sha256 = await sha256OfFile(file);
      await learn(file, sha256);
      return sha256;
    },
    forget(file) {
      known.delete(resolve(file));
      learned.delete(resolve(file));
      forgotten.add(resolve(file));
    },
    async save() {
      if (learned.size === 0 && forgotten.size === 0) return;
      const others = [...await readEntries(path)].filter(([file]) => !forgotten.has(file));
      const files = Object.fromEntries([...others, ...learned]);
      await writeMemory(path, { v: 1, files });
      learned.clear();
      forgotten.clear();
    },
  };
}

async function readEntries(path: string): Promise<Map<string, Entry>> {
  return new Map(Object.entries((await readMemory(path, fileSchema))?.files ?? {}));
}
