/**
 * The rows that were measured before a stop or a kill, in and out of the store.
 * @module
 */
import { z } from "zod";
import { isUserError } from "../../errors.ts";
import { decodeZip, encodeZip } from "../../formats/zip.ts";
import type { Checkpoints, StageContext } from "../../plan/stage_kind.ts";
import { findState } from "../../store/saved_states.ts";
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
export async function keepRows(checkpoints: Checkpoints, { done, rows }: Measured): Promise<void> {
  await checkpoints.save({ frame: done - 1 }, () => {
    const text = JSON.stringify({ v: 1, done, rows });
    return encodeZip({ [entry]: new TextEncoder().encode(text) }, { compress: true });
  });
}

/** Those that were written last; none when there are none or they are damaged, of which it warns. */
export async function savedRows({ store, emit }: Pick<StageContext, "store" | "emit">): Promise<Measured> {
  const { state, damage } = await findState(store, decode, (measured) => measured);
  if (damage !== undefined) {
    const goesOn = state && `goes on from the checkpoint before it, with ${state.done} frames measured`;
    emit({
      type: "warning",
      code: "damaged_state",
      text: `${damage}: measuring ${goesOn ?? "begins anew"}`,
    });
  }
  return state ?? { done: 0, rows: [] };
}

function decode(bytes: Uint8Array): Measured | undefined {
  try {
    return savedSchema.parse(JSON.parse(new TextDecoder().decode(decodeZip(bytes, "state")[entry])));
  } catch (error) {
    if (isUserError(error) || error instanceof SyntaxError || error instanceof z.ZodError) return undefined;
    throw error;
  }
}
