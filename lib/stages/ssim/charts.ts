/**
 * Charts of the table, as Vega-Lite specifications that read the `table.csv` beside them.
 * @module
 */
import { overTime, perVideo } from "../video_charts.ts";

const similarity = { measures: ["ssim"], title: "SSIM" } as const;

/** By what they show. */
export function ssimCharts(videos: readonly string[]) {
  return {
    ssim: perVideo({ ...similarity, videos }),
    ssim_over_time: overTime({ ...similarity, videos }),
  };
}
