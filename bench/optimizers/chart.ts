/**
 * The progress of optimizers as a chart.
 * @module
 */
import type { TopLevelSpec } from "vega-lite";
import type { Progress } from "./measure.ts";

/** How an optimizer fared at a size. */
export interface NamedProgress {
  readonly size: string;
  readonly optimizer: string;
  readonly progress: readonly Progress[];
}

/** The lowest loss against evaluations, a line for each optimizer, a panel for each size. */
export function optimizersChart(found: readonly NamedProgress[]): TopLevelSpec {
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    background: "white",
    title: "Texture loss of one frame that starts as noise",
    data: {
      values: found.flatMap(({ size, optimizer, progress }) =>
        progress.map((values) => ({ size, optimizer, ...values }))
      ),
    },
    facet: { column: { field: "size", title: null, sort: null } },
    spec: {
      width: 420,
      height: 300,
      mark: { type: "line" },
      encoding: {
        x: { field: "evaluations", type: "quantitative", title: "evaluations" },
        y: {
          field: "loss",
          type: "quantitative",
          title: "lowest loss, share of the start",
          scale: { type: "log" },
        },
        color: { field: "optimizer", type: "nominal", title: "optimizer, learning rate", sort: null },
      },
    },
  };
}
