/**
 * The loop of a stage that measures videos frame by frame, one video after the other.
 * @module
 */
import type { z } from "zod";
import type { StageContext } from "../plan/stage_kind.ts";
import { keepRows, savedRows } from "./saved_rows.ts";

/** A video that is measured. */
export interface MeasuredPart<Row> {
  /** How many of its frames are measured, from the first. */
  readonly frames: number;
  /** Opens what measuring it needs; not called when all of it was measured before. */
  open(): Promise<OpenPart<Row>>;
}

/** Measures the frames of one video, in order; disposed of after the last. */
export interface OpenPart<Row> extends AsyncDisposable {
  /** Undefined when a stop was requested meanwhile. */
  rowsAt(time: number): Promise<readonly Row[] | undefined>;
}

/**
 * All rows, those of an earlier session first. Resolves to undefined when a stop is requested, and then has kept what was
 * measured.
 * @param row of the rows that were kept
 */
export async function measureFrames<Row>(
  parts: readonly MeasuredPart<Row>[],
  row: z.ZodType<Row>,
  context: StageContext,
): Promise<readonly Row[] | undefined> {
  const { checkpoints, emit, stopRequested } = context;
  const of = parts.reduce((sum, { frames }) => sum + frames, 0);
  const before = await savedRows(context, row);
  const rows: Row[] = [...before.rows];
  let { done } = before;
  let first = 0;
  for (const { frames, open } of parts) {
    const start = Math.max(0, done - first);
    first += frames;
    if (start >= frames) continue;
    await using measuring = await open();
    for (let time = start; time < frames; time++) {
      const began = performance.now();
      const own = stopRequested() ? undefined : await measuring.rowsAt(time);
      if (own === undefined) {
        if (done > 0) await keepRows(checkpoints, { done, rows });
        return undefined;
      }
      rows.push(...own);
      done++;
      emit({ type: "frame.finished", frame: done - 1, of, seconds: (performance.now() - began) / 1000 });
      if (checkpoints.isDue()) await keepRows(checkpoints, { done, rows });
    }
  }
  return rows;
}
