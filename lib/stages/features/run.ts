/**
 * Measuring the frames of each video, one after the other.
 * @module
 */
import type { StageContext } from "../../plan/stage_kind.ts";
import { measureFrames } from "../measure_frames.ts";
import { commonFrames } from "./common_frames.ts";
import { conditionsOf, videosOf } from "./conditions.ts";
import { openVideo } from "./measure_video.ts";
import { measuredFrameSchema } from "./measured_frame.ts";
import type { FeaturesSettings } from "./schema.ts";
import { summaryOf } from "./summary.ts";
import { featureRows, featureTable, spectrumRows, spectrumTable } from "./tables.ts";

/** Writes the tables and their summary. Returns early when a stop is requested, and then leaves what was measured. */
export async function runFeatures(settings: FeaturesSettings, context: StageContext): Promise<void> {
  const { facts, store } = context;
  const conditions = conditionsOf(settings, facts);
  const videos = videosOf(conditions);
  const common = commonFrames(videos.map(({ facts }) => facts));
  const parts = videos.map((video) => ({
    frames: video.facts.frames,
    open: () => openVideo(video, common ?? video.facts.frames, context),
  }));
  const rows = await measureFrames(parts, measuredFrameSchema, context);
  if (rows === undefined) return;
  const frames = Map.groupBy(rows, ({ video }) => video);
  const spectra = spectrumRows(videos, frames);
  const summary = summaryOf(settings, conditions, frames, spectra);
  await store.writeTable("spectra.csv", spectrumTable(spectra));
  await store.writeTable("table.csv", featureTable(featureRows(videos, frames)));
  await store.writeTable("summary.json", `${JSON.stringify(summary, undefined, 2)}\n`);
}
