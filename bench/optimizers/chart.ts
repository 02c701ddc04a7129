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

/** The lowest residual against evaluations and against seconds, a line for each optimizer, a row for each size. */
export function optimizersChart(found: readonly NamedProgress[]): TopLevelSpec {
  const values = found.flatMap(({ size, optimizer, progress }) =>
    progress.flatMap(({ evaluations, seconds, residual }) => [
      { size, optimizer, residual, against: "evaluations", x: evaluations },
      { size, optimizer, residual, against: "seconds", x: seconds },
    ])
  );
  const header = { labelFontSize: 12, labelFontWeight: "bold" } as const;
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    background: "white",
    title: { text: "Lowest residual of one frame that starts as noise", anchor: "middle" },
    data: { values },
    facet: {
      row: { field: "size", title: null, sort: null, header },
      column: { field: "against", title: null, header: { ...header, labelOrient: "bottom" } },
    },
    resolve: { scale: { x: "independent" } },
    spec: {
      width: 320,
      height: 260,
      mark: { type: "line" },
      encoding: {
        x: { field: "x", type: "quantitative", title: null },
        y: {
          field: "residual",
          type: "quantitative",
          title: "residual (logarithmic)",
          scale: { type: "log", nice: false },
          axis: { format: "~g" },
        },
        color: {
          field: "optimizer",
          type: "nominal",
          title: "optimizer, learning rate",
          sort: null,
          legend: { orient: "bottom", labelLimit: 0, titleLimit: 0 },
        },
      },
    },
  };
}
