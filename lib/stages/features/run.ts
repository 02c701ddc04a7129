/**
 * Measuring the frames of each video, one after the other.
 * @module
 */
import type { StageContext } from "../../plan/stage_kind.ts";
import { keepRows, savedRows } from "../saved_rows.ts";
import { conditionsOf, videosOf } from "./conditions.ts";
import { openVideo } from "./measure_video.ts";
import { type MeasuredFrame, measuredFrameSchema } from "./measured_frame.ts";
import type { FeaturesSettings } from "./schema.ts";
import { summaryOf } from "./summary.ts";
import { featureRows, featureTable, spectrumRows, spectrumTable } from "./tables.ts";

/** Writes the tables and their summary. Returns early when a stop is requested, and then leaves what was measured. */
export async function runFeatures(settings: FeaturesSettings, context: StageContext): Promise<void> {
  const { facts, inputs, store, checkpoints, emit, stopRequested } = context;
  const conditions = conditionsOf(settings, facts);
  const videos = videosOf(conditions);
  const of = videos.reduce((sum, { facts: { frames } }) => sum + frames, 0);
  const before = await savedRows(context, measuredFrameSchema);
  const rows: MeasuredFrame[] = [...before.rows];
  let { done } = before;
  let first = 0;
  for (const video of videos) {
    const count = video.facts.frames;
    const start = Math.max(0, done - first);
    first += count;
    if (start >= count) continue;
    using open = await openVideo(video, inputs);
    for (let time = start; time < count; time++) {
      const began = performance.now();
      if (stopRequested()) return done > 0 ? await keepRows(checkpoints, { done, rows }) : undefined;
      rows.push(await open.measure(time));
      done++;
      emit({ type: "frame.finished", frame: done - 1, of, seconds: (performance.now() - began) / 1000 });
      if (checkpoints.isDue()) await keepRows(checkpoints, { done, rows });
    }
  }
  const frames = Map.groupBy(rows, ({ video }) => video);
  const spectra = spectrumRows(videos, frames);
  const summary = summaryOf(settings, conditions, frames, spectra);
  await store.writeTable("spectra.csv", spectrumTable(spectra));
  await store.writeTable("table.csv", featureTable(featureRows(videos, frames)));
  await store.writeTable("summary.json", `${JSON.stringify(summary, undefined, 2)}\n`);
}
