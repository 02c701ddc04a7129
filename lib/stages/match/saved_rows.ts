/**
 * The rows that were measured before a stop, in and out of the store.
 * @module
 */
import { z } from "zod";
import { isUserError } from "../../errors.ts";
import { decodeZip, encodeZip } from "../../formats/zip.ts";
import type { StageStore } from "../../store/stage_store.ts";
import { type Row, rowSchema } from "./rows.ts";

/** How far a match is. */
export interface Measured {
  /** Frames that were measured, over all comparisons in order. */
  readonly done: number;
  readonly rows: readonly Row[];
}

const savedSchema = z.object({ v: z.literal(1), done: z.int().min(0), rows: z.array(rowSchema) });

const entry = "state.json";

/** Writes them durably. */
export async function keepRows(store: StageStore, { done, rows }: Measured): Promise<void> {
  const text = JSON.stringify({ v: 1, done, rows });
  await store.writeState(encodeZip({ [entry]: new TextEncoder().encode(text) }, { compress: true }));
}

/** Those that were written last; none when there are none or they are damaged. */
export async function savedRows(store: StageStore): Promise<Measured> {
  for (const bytes of [await store.readState(), await store.readPreviousState()]) {
    const found = bytes && decode(bytes);
    if (found !== undefined) return found;
  }
  return { done: 0, rows: [] };
}

function decode(bytes: Uint8Array): Measured | undefined {
  try {
    return savedSchema.parse(JSON.parse(new TextDecoder().decode(decodeZip(bytes, "state")[entry])));
  } catch (error) {
    if (isUserError(error) || error instanceof SyntaxError || error instanceof z.ZodError) return undefined;
    throw error;
  }
}
