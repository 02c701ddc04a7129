/**
 * Losses over the iterations of each octave.
 * @module
 */
import type { LossPoint } from "../data/losses.ts";
import type { ChartSpec } from "./draw_chart.ts";

const x = { field: "iteration", type: "quantitative", title: "iteration", axis: { tickMinStep: 1 } };
const color = { field: "term", type: "nominal", title: "loss", sort: null };
const dash = {
  field: "frames",
  type: "nominal",
  title: null,
  scale: { domain: ["frame 0", "later frames"], range: [[4, 3], [1, 0]] },
};
const scale = { type: "log" };
const axis = { format: "~e" };

/** Frame 0 dashed; of later frames the median, in a band from the least to the largest. */
export function lossCurves(points: readonly LossPoint[]): ChartSpec {
  return {
    data: { values: points },
    facet: { column: { field: "octave", type: "nominal", title: null, sort: null } },
    spec: {
      width: 300,
      height: 240,
      layer: [
        {
          transform: [{ filter: "datum.frames === 'later frames'" }],
          mark: { type: "area", opacity: 0.22 },
          encoding: {
            x,
            color,
            y: { field: "least", type: "quantitative", scale, axis, title: "loss" },
            y2: { field: "largest" },
          },
        },
        {
          mark: { type: "line", interpolate: "linear" },
          encoding: {
            x,
            color,
            strokeDash: dash,
            y: { field: "loss", type: "quantitative", scale, axis, title: "loss" },
          },
        },
      ],
    },
    resolve: { scale: { x: "independent" } },
  };
}
