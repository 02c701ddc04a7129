/**
 * What the rows of an analysis of predictions come to: `summary.json`.
 * @module
 */
import { describeSample } from "../../analysis/descriptive.ts";
import type { Facts, Json } from "../../plan/stage_kind.ts";
import { stacksOf } from "../predictor_settings.ts";
import { videosListed } from "../video_list.ts";
import { predictionCharts } from "./charts.ts";
import type { PredictionRow } from "./rows.ts";
import type { PredictionSettings } from "./schema.ts";

/** Means of each video and charts of the table. */
export function predictionSummary(
  rows: readonly PredictionRow[],
  settings: PredictionSettings,
  facts: Facts,
): Json {
  const { model, weights, kernels, context, height, width, ssim } = settings;
  const stacks = [...stacksOf(facts.inspected)];
  const videos = videosListed(facts).map(({ name }) => {
    const own = rows.filter(({ video }) => video === name);
    const of = (measure: PredictionRow["measure"], level?: number) => {
      const found = own.filter((row) => row.measure === measure && row.level === level);
      return { ...describeSample(found.map(({ value }) => value)) };
    };
    return {
      video: name,
      ssim: of("ssim"),
      cssim: of("cssim"),
      ssim_repeated: of("ssim_repeated"),
      errors: levelsIn(own).map((level) => of("error", level)),
    };
  });
  const inShort = (mean = 0) => mean.toFixed(3);
  const means = videos.map(({ video, cssim, ssim }) =>
    `${video} ${inShort(cssim.mean)} (SSIM ${inShort(ssim.mean)})`
  );
  return {
    v: 1,
    headline: `mean cSSIM of predictions: ${means.join(", ")}`,
    settings: {
      ...(weights === undefined ? { model } : { weights }),
      ...{ kernels, context, height, width, ssim, stacks },
    },
    videos,
    charts: predictionCharts(videos.map(({ video }) => video)),
  };
}

function levelsIn(rows: readonly PredictionRow[]): readonly number[] {
  return [...new Set(rows.flatMap(({ level }) => level ?? []))].toSorted((a, b) => a - b);
}
