/**
 * The rows that a stage measured before a stop or a kill, in and out of the store.
 * @module
 */
import { z } from "zod";
import { isUserError } from "../errors.ts";
import { decodeZip, encodeZip } from "../formats/zip.ts";
import type { Checkpoints, StageContext } from "../plan/stage_kind.ts";
import { findState } from "../store/saved_states.ts";

/** How far a stage is that measures frames. */
export interface Measured<Row> {
  /** Frames that were measured, over all clips in order. */
  readonly done: number;
  readonly rows: readonly Row[];
}

const entry = "state.json";

/** Writes them durably. */
export async function keepRows<Row>(
  checkpoints: Checkpoints,
  { done, rows }: Measured<Row>,
): Promise<void> {
  await checkpoints.save({ frame: done - 1 }, () => {
    const text = JSON.stringify({ v: 1, done, rows });
    return encodeZip({ [entry]: new TextEncoder().encode(text) }, { compress: true });
  });
}

/** Those that were written last; none when there are none or they are damaged, of which it warns. */
export async function savedRows<Row>(
  { store, emit }: Pick<StageContext, "store" | "emit">,
  row: z.ZodType<Row>,
): Promise<Measured<Row>> {
  const { state, damage } = await findState(store, (bytes) => decode(bytes, row), (measured) => measured);
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

function decode<Row>(bytes: Uint8Array, row: z.ZodType<Row>): Measured<Row> | undefined {
  const savedSchema = z.object({ v: z.literal(1), done: z.int().min(0), rows: z.array(row) });
  try {
    return savedSchema.parse(JSON.parse(new TextDecoder().decode(decodeZip(bytes, "state")[entry])));
  } catch (error) {
    if (isUserError(error) || error instanceof SyntaxError || error instanceof z.ZodError) return undefined;
    throw error;
  }
}
