/**
 * What was measured before a stop or a kill, in and out of the store.
 * @module
 */
import type { Measurements } from "../../controls/equalize/measure.ts";
import { RunError } from "../../errors.ts";
import type { NpyArray } from "../../formats/npy.ts";
import { decodeNpz, encodeNpz, npzArray } from "../../formats/npz.ts";
import type { Checkpoints, StageContext } from "../../plan/stage_kind.ts";
import { findState } from "../../store/saved_states.ts";

/** Raised when what stands in the arrays changes. */
const version = 1;

/** Writes it durably. */
export async function keepMeasurements(
  checkpoints: Checkpoints,
  { spectra, profiles }: Measurements,
): Promise<void> {
  await checkpoints.save({ frame: 0 }, () =>
    encodeNpz({
      [`v${version}_spectra`]: matrix(spectra),
      [`v${version}_profiles`]: matrix(profiles),
    }, { compress: true }));
}

/** What was written last; nothing when there is none or it is damaged, of which it warns. */
export async function savedMeasurements(
  { store, emit }: Pick<StageContext, "store" | "emit">,
): Promise<Measurements> {
  const { state, damage } = await findState(store, decode, (measured) => measured);
  if (damage !== undefined) {
    const goesOn = state && "goes on from the checkpoint before it";
    emit({ type: "warning", code: "damaged_state", text: `${damage}: measuring ${goesOn ?? "begins anew"}` });
  }
  return state ?? { spectra: [], profiles: [] };
}

function decode(bytes: Uint8Array): Measurements | undefined {
  try {
    const arrays = decodeNpz(bytes, "state");
    const rows = (name: string) => rowsOf(npzArray(arrays, `v${version}_${name}`, "state"));
    return { spectra: rows("spectra"), profiles: rows("profiles") };
  } catch (error) {
    if (error instanceof RunError) return undefined;
    throw error;
  }
}

function matrix(rows: readonly Float64Array[]): NpyArray {
  const length = rows[0]?.length ?? 0;
  const data = new Float64Array(rows.length * length);
  rows.forEach((row, index) => data.set(row, index * length));
  return { shape: [rows.length, length], data };
}

function rowsOf({ shape: [count = 0, length = 0], data }: NpyArray): Float64Array[] {
  if (!(data instanceof Float64Array)) throw new RunError("state: numbers of another type");
  return Array.from({ length: count }, (_, index) => data.slice(index * length, (index + 1) * length));
}
