/**
 * What the rows of a comparison by SSIM come to: `summary.json`.
 * @module
 */
import { describeSample } from "../../analysis/descriptive.ts";
import type { Facts, Json } from "../../plan/stage_kind.ts";
import { ssimCharts } from "./charts.ts";
import { ssimComparisons } from "./comparisons.ts";
import type { SsimRow } from "./rows.ts";
import type { SsimSettings } from "./schema.ts";

/** The mean SSIM of each video and charts of the table. */
export function ssimSummary(rows: readonly SsimRow[], { form }: SsimSettings, facts: Facts): Json {
  const comparisons = ssimComparisons(facts);
  const videos = comparisons.map(({ video: { name }, frames }) => {
    const values = rows.filter(({ video }) => video === name).map(({ value }) => value);
    return { video: name, frames, ssim: { ...describeSample(values) } };
  });
  const reference = comparisons[0]?.reference.name ?? "";
  const means = videos.map(({ video, ssim: { mean = 0 } }) => `${video} ${mean.toFixed(3)}`);
  return {
    v: 1,
    headline: `mean SSIM with ${reference}: ${means.join(", ")}`,
    reference,
    settings: { form },
    videos,
    charts: ssimCharts(videos.map(({ video }) => video)),
  };
}
