/**
 * Losses over the iterations of each octave.
 * @module
 */
import type { LossPoint } from "../data/losses.ts";
import type { ChartSpec } from "./draw_chart.ts";

const x = { field: "iteration", type: "quantitative", title: "iteration", axis: { tickMinStep: 1 } };

const color = {
  field: "frames",
  type: "nominal",
  title: null,
  scale: { domain: ["frame 0", "later frames"], range: ["#d55e00", "#0072b2"] },
};

/** A row for each term, for their sizes differ by powers of ten; of later frames the median, in a band from the least to the largest. */
export function lossCurves(points: readonly LossPoint[]): ChartSpec {
  const terms = [...new Set(points.map(({ term }) => term))];
  return {
    data: { values: points },
    vconcat: terms.map((term, index) => rowOf(term, index === 0)),
    resolve: { scale: { color: "shared" } },
  };
}

function rowOf(term: string, isFirst: boolean): ChartSpec {
  const y = {
    type: "quantitative",
    scale: { type: "log" },
    title: term,
    axis: { format: ".0e", tickCount: 4 },
  };
  return {
    transform: [{ filter: { field: "term", equal: term } }],
    facet: {
      column: {
        field: "octave",
        type: "nominal",
        title: null,
        sort: null,
        ...(!isFirst && { header: { labels: false } }),
      },
    },
    resolve: { scale: { x: "independent" } },
    spec: {
      width: 300,
      height: 110,
      layer: [
        {
          mark: { type: "area", opacity: 0.22 },
          encoding: { x, color, y: { field: "least", ...y }, y2: { field: "largest" } },
        },
        { mark: { type: "line", point: { size: 12 } }, encoding: { x, color, y: { field: "loss", ...y } } },
      ],
    },
  };
}
