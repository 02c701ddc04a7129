/**
 * Charts of the table, as Vega-Lite specifications that read the `table.csv` beside them.
 * @module
 */
import { overTime, perVideo } from "../video_charts.ts";

const similarity = { measures: ["ssim", "cssim"], title: "similarity of predictions" } as const;
const errors = { measures: ["error"], title: "mean error", byLevel: true } as const;

/** By what they show. */
export function predictionCharts(videos: readonly string[]) {
  return {
    prediction: perVideo({ ...similarity, videos }),
    prediction_over_time: overTime({ ...similarity, videos }),
    errors: perVideo({ ...errors, videos }),
    errors_over_time: overTime({ ...errors, videos }),
  };
}
