/**
 * What the rows of a comparison of features come to: `summary.json`.
 * @module
 */
import type { BootstrapSettings } from "../../analysis/bootstrap.ts";
import type { Json } from "../../plan/stage_kind.ts";
import { featuresCharts } from "./charts.ts";
import { summarizeCondition } from "./compare_conditions.ts";
import { summarizeVideo } from "./compare_videos.ts";
import { cautions } from "./cautions.ts";
import { commonFrames } from "./common_frames.ts";
import { type Condition, videosOf } from "./conditions.ts";
import { headline } from "./headline.ts";
import type { FeaturesSettings } from "./schema.ts";
import type { FramesByVideo, SpectrumRow } from "./tables.ts";

const resampling = { resamples: 10_000, confidence: 0.95 } as const;

/** The videos, the conditions that they make, what to know of them, and charts of the tables. */
export function summaryOf(
  { seed }: FeaturesSettings,
  conditions: readonly Condition[],
  frames: FramesByVideo,
  spectra: readonly SpectrumRow[],
): Json {
  const bootstrap: BootstrapSettings = { seed, ...resampling };
  const compared = videosOf(conditions);
  const videos = compared.map((video) => summarizeVideo(video, frames, spectra));
  const byName = new Map(videos.map((video) => [video.video, video]));
  const summaries = conditions.map((condition) => summarizeCondition(condition, byName, bootstrap));
  const found = cautions(conditions);
  return plain({
    v: 1,
    headline: headline(summaries, found.every(({ limits }) => limits === "length")),
    reference: conditions[0]?.name,
    settings: bootstrap,
    cautions: found.map(({ text }) => text),
    conditions: summaries,
    videos,
    charts: featuresCharts(summaries, commonFrames(compared.map(({ facts }) => facts))),
  });
}

/** As JSON has it. */
function plain(value: unknown): Json {
  return JSON.parse(JSON.stringify(value));
}
