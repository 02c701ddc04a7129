/**
 * What was found out about files, remembered by their content, so that a clip is looked at once however often it is planned.
 * @module
 */
import { z } from "zod";
import { readMemory, writeMemory } from "./memory_file.ts";

const fileSchema = z.object({ v: z.literal(1), findings: z.record(z.string(), z.unknown()) });

/** Remembers for one process, and when saved for later ones. */
export interface Findings {
  /**
   * What was found out before about a file of this sha256, else what `find` finds out: plain data, to be checked by who asks.
   * @param what the question, with a number that changes when the answer may
   */
  recall(what: string, sha256: string, find: () => Promise<unknown>): Promise<unknown>;
  /** Writes what was found out, beside what other processes have written meanwhile. */
  save(): Promise<void>;
}

/** Opens `findings.json`; a file that is missing or damaged counts as empty. */
export async function openFindings(path: string): Promise<Findings> {
  const known = await readFindings(path);
  const found = new Map<string, Promise<unknown>>();
  return {
    async recall(what, sha256, find) {
      const name = `${what} ${sha256}`;
      if (known.has(name)) return known.get(name);
      const finding = found.get(name) ?? find();
      found.set(name, finding);
      return await finding;
    },
    async save() {
      const learned: [string, unknown][] = [];
      for (const [name, finding] of found) learned.push([name, await finding]);
      if (learned.length === 0) return;
      const findings = Object.fromEntries([...await readFindings(path), ...learned]);
      await writeMemory(path, { v: 1, findings });
      for (const [name, finding] of learned) known.set(name, finding);
      found.clear();
    },
  };
}

async function readFindings(path: string): Promise<Map<string, unknown>> {
  return new Map(Object.entries((await readMemory(path, fileSchema))?.findings ?? {}));
}
