/**
 * Comparing frames by SSIM, video after video.
 * @module
 */
import { ssim } from "../../analysis/ssim.ts";
import type { StageContext } from "../../plan/stage_kind.ts";
import { codedReader } from "../coded_frames.ts";
import { keepRows, savedRows } from "../saved_rows.ts";
import { ssimComparisons } from "./comparisons.ts";
import { type SsimRow, ssimRowSchema, ssimTable } from "./rows.ts";
import type { SsimSettings } from "./schema.ts";
import { ssimSummary } from "./summary.ts";

/** Writes the table and its summary. Returns early when a stop is requested, and then leaves what was measured. */
export async function runSsim(settings: SsimSettings, context: StageContext): Promise<void> {
  const { facts, inputs, store, checkpoints, emit, stopRequested } = context;
  const comparisons = ssimComparisons(facts);
  const of = comparisons.reduce((sum, { frames }) => sum + frames, 0);
  const before = await savedRows(context, ssimRowSchema);
  const rows: SsimRow[] = [...before.rows];
  let { done } = before;
  let first = 0;
  for (const { reference, video, frames } of comparisons) {
    const [wanted, found] = [codedReader(inputs, reference), codedReader(inputs, video)];
    const start = Math.max(0, done - first);
    first += frames;
    for (let frame = start; frame < frames; frame++) {
      if (stopRequested()) return done > 0 ? await keepRows(checkpoints, { done, rows }) : undefined;
      const began = performance.now();
      const value = ssim(await wanted(frame), await found(frame), settings.form);
      rows.push({ video: video.name, reference: reference.name, frame, measure: "ssim", value });
      done++;
      emit({ type: "frame.finished", frame: done - 1, of, seconds: (performance.now() - began) / 1000 });
      if (checkpoints.isDue()) await keepRows(checkpoints, { done, rows });
    }
  }
  await store.writeTable("table.csv", ssimTable(rows));
  const summary = ssimSummary(rows, settings, facts);
  await store.writeTable("summary.json", `${JSON.stringify(summary, undefined, 2)}\n`);
}
