/**
 * Comparing frames by SSIM, video after video.
 * @module
 */
import { ssim } from "../../analysis/ssim.ts";
import type { StageContext } from "../../plan/stage_kind.ts";
import { codedReader } from "../read_frames.ts";
import { type MeasuredPart, measureFrames } from "../measure_frames.ts";
import { ssimComparisons } from "./comparisons.ts";
import { type SsimRow, ssimRowSchema, ssimTable } from "./rows.ts";
import type { SsimSettings } from "./schema.ts";
import { ssimSummary } from "./summary.ts";

/** Writes the table and its summary. Returns early when a stop is requested, and then leaves what was measured. */
export async function runSsim(settings: SsimSettings, context: StageContext): Promise<void> {
  const { facts, inputs, store } = context;
  const parts = ssimComparisons(facts).map(({ reference, video, frames }): MeasuredPart<SsimRow> => ({
    frames,
    open() {
      const [wanted, found] = [codedReader(inputs, reference), codedReader(inputs, video)];
      return Promise.resolve({
        async rowsAt(frame) {
          const value = ssim(await wanted(frame), await found(frame), settings.form);
          return [{ video: video.name, reference: reference.name, frame, measure: "ssim", value }];
        },
        [Symbol.asyncDispose]: () => Promise.resolve(),
      });
    },
  }));
  const rows = await measureFrames(parts, ssimRowSchema, context);
  if (rows === undefined) return;
  await store.writeTable("table.csv", ssimTable(rows));
  const summary = ssimSummary(rows, settings, facts);
  await store.writeTable("summary.json", `${JSON.stringify(summary, undefined, 2)}\n`);
}
