/**
 * Digests of files remembered by what tells a file from its later self, so that a clip of gigabytes is read once.
 * @module
 */
import { basename, dirname, join, resolve, sep } from "node:path";
import { z } from "zod";
import { RunError } from "../errors.ts";
import { sha256OfFile } from "./checksum.ts";
import { storeFolder } from "./layout.ts";
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

/**
 * Opens the memories of a folder of results: `digests.json`, and one of that name in the folder of each instance for the files in
 * there, so that the jobs of a sweep need not write one file that tells of all their frames. One that is missing or damaged counts
 * as empty.
 * @param path of `digests.json`
 */
export async function openDigests(path: string): Promise<Digests> {
  const main = new Memory(path);
  // What cannot be read is said at once.
  await main.entry("");
  const store = storeFolder(dirname(resolve(path)));
  const ofInstances = new Map<string, Memory>();

  /** Where a file is remembered, and as what: by its path, or by that inside its instance. */
  function placeOf(file: string): { readonly memory: Memory; readonly name: string } {
    const whole = resolve(file);
    if (!whole.startsWith(store + sep)) return { memory: main, name: whole };
    const [key = "", ...inside] = whole.slice(store.length + 1).split(sep);
    const memory = ofInstances.get(key) ?? new Memory(join(store, key, basename(path)));
    ofInstances.set(key, memory);
    return { memory, name: inside.join("/") };
  }

  return {
    async sha256(file) {
      const { memory, name } = placeOf(file);
      const now = await currentState(file);
      const then = await memory.entry(name);
      const unchanged = now !== undefined && then !== undefined && then.size === now.size &&
        then.mtime === now.mtime && then.inode === now.inode;
      if (unchanged) return then.sha256;
      const sha256 = await sha256OfFile(file);
      const state = await currentState(file);
      if (state !== undefined && Date.now() - state.mtime >= settledAfter) {
        memory.learn(name, { ...state, sha256 });
      }
      return sha256;
    },
    forget(file) {
      const { memory, name } = placeOf(file);
      memory.forget(name);
    },
    async save() {
      await main.save();
      for (const memory of ofInstances.values()) await unlessGone(memory.save());
    },
  };
}

/** One file of digests, read when it is asked. */
class Memory {
  readonly path: string;
  #known: Promise<ReadonlyMap<string, Entry>> | undefined;
  readonly #learned = new Map<string, Entry>();
  readonly #forgotten = new Set<string>();

  constructor(path: string) {
    this.path = path;
  }

  async entry(name: string): Promise<Entry | undefined> {
    const learned = this.#learned.get(name);
    if (learned !== undefined || this.#forgotten.has(name)) return learned;
    this.#known ??= readEntries(this.path);
    return (await this.#known).get(name);
  }

  learn(name: string, entry: Entry): void {
    this.#learned.set(name, entry);
  }

  forget(name: string): void {
    this.#learned.delete(name);
    this.#forgotten.add(name);
  }

  async save(): Promise<void> {
    if (this.#learned.size === 0 && this.#forgotten.size === 0) return;
    const others = [...await readEntries(this.path)].filter(([name]) => !this.#forgotten.has(name));
    await writeMemory(this.path, { v: 1, files: Object.fromEntries([...others, ...this.#learned]) });
    this.#learned.clear();
    this.#forgotten.clear();
    this.#known = undefined;
  }
}

/** Who removes an instance, or takes its folder for its own and clears it, need not wait for what is only a memory. */
async function unlessGone(saving: Promise<void>): Promise<void> {
  try {
    await saving;
  } catch (error) {
    if (!(error instanceof RunError && error.cause instanceof Deno.errors.NotFound)) throw error;
  }
}

async function currentState(file: string): Promise<Omit<Entry, "sha256"> | undefined> {
  const { size, mtime, ino } = await Deno.stat(file);
  return mtime === null ? undefined : { size, mtime: mtime.getTime(), inode: ino ?? 0 };
}

async function readEntries(path: string): Promise<ReadonlyMap<string, Entry>> {
  return new Map(Object.entries((await readMemory(path, fileSchema))?.files ?? {}));
}
