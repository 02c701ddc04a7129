/**
 * Charts of activations, as Vega-Lite specifications that read the `table.csv` beside them.
 * @module
 */
import type { Json } from "../../plan/stage_kind.ts";

/** By what they show. */
export function activationsCharts(layers: readonly string[]): { readonly [name: string]: Json } {
  return {
    activity_over_time: {
      $schema: "https://vega.github.io/schema/vega-lite/v6.json",
      title: "Mean activity over time",
      data: { url: "table.csv", format: { type: "csv", parse: { frame: "number", value: "number" } } },
      transform: [{ filter: "datum.measure === 'mean'" }],
      facet: { column: { field: "layer", type: "nominal", title: null, sort: [...layers] } },
      resolve: { scale: { y: "independent" } },
      spec: {
        width: 300,
        height: 200,
        mark: { type: "line", point: { size: 12 } },
        encoding: {
          x: { field: "frame", type: "quantitative", axis: { tickMinStep: 1 } },
          y: { field: "value", type: "quantitative", title: "mean activity", scale: { zero: false } },
          color: { field: "video", type: "nominal", title: null },
        },
      },
    },
  };
}
