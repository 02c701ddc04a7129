/**
 * Charts of a match's table, as Vega-Lite specifications that read the `table.csv` beside them.
 * @module
 */
import type { Json } from "../../plan/stage_kind.ts";
import { palette } from "../../report/charts/palette.ts";

const schema = "https://vega.github.io/schema/vega-lite/v6.json";

const data = { url: "table.csv", format: { type: "csv", parse: { frame: "number", value: "number" } } };

/** Residuals reach from 0 over several powers of ten. */
const residualAxis = {
  field: "value",
  type: "quantitative",
  title: "relative residual",
  scale: { type: "symlog", constant: 1e-4 },
  axis: { values: [0, 1e-4, 1e-3, 1e-2, 0.1, 1, 10, 100], format: "~g" },
};

const [residualColor, noMatchColor, ceilingColor, ...others] = palette;
const noMatchColors = [noMatchColor, ...others];

const layerAxis = { field: "layer", type: "nominal", sort: null, title: null };

const byTerm = {
  row: { field: "term", type: "nominal", title: null },
  column: { field: "instance", type: "nominal", title: null },
};

const of = (measure: string) => ({ filter: `datum.measure === '${measure}'` });

/** Of each layer: the frames' mean residual (a point) beside the null (boxes) and the mean ceiling (a line). */
const residuals: Json = {
  $schema: schema,
  title: "Residuals (points) beside those of what is no match (boxes) and of the target's neighbors (lines)",
  data,
  transform: [{ filter: "datum.term !== '' && datum.term !== null" }],
  facet: byTerm,
  resolve: { scale: { x: "independent", xOffset: "independent" } },
  spec: {
    width: 480,
    layer: [
      {
        transform: [of("null")],
        // Of a null whose residuals hardly differ the median is all that is seen.
        mark: { type: "boxplot", extent: "min-max", size: 14, median: { color: "#000000" } },
        encoding: {
          x: layerAxis,
          xOffset: { field: "of", type: "nominal" },
          y: residualAxis,
          color: { field: "of", type: "nominal", title: "no match", scale: { range: noMatchColors } },
        },
      },
      {
        transform: [of("ceiling"), {
          aggregate: [{ op: "mean", field: "value", as: "value" }],
          groupby: ["layer"],
        }],
        mark: { type: "tick", color: ceilingColor, thickness: 2, size: 36 },
        encoding: { x: layerAxis, y: residualAxis },
      },
      {
        transform: [of("residual"), {
          aggregate: [{ op: "mean", field: "value", as: "value" }],
          groupby: ["layer"],
        }],
        mark: { type: "point", filled: true, color: residualColor, size: 60 },
        encoding: { x: layerAxis, y: residualAxis },
      },
    ],
  },
};

/** Those of a good match are close together: 1, 2 and 5 of each power of ten, where there is room. */
const closeAxis = {
  ...residualAxis,
  axis: {
    values: [
      0,
      ...[1e-5, 1e-4, 1e-3, 0.01, 0.1, 1, 10].flatMap((power) => [power, 2 * power, 5 * power]),
    ],
    format: "~g",
    labelOverlap: "greedy",
  },
};

/** Of each layer: the frames' residuals over time. */
const overTime: Json = {
  $schema: schema,
  title: "Residuals over time",
  data,
  transform: [of("residual")],
  facet: byTerm,
  spec: {
    mark: { type: "line", point: true },
    encoding: {
      x: { field: "frame", type: "quantitative", axis: { tickMinStep: 1 } },
      y: closeAxis,
      color: { field: "layer", type: "nominal", sort: null },
    },
  },
};

/** Mean luminance of the frames and of their targets over time. */
const luminance: Json = {
  $schema: schema,
  title: "Mean luminance over time",
  data,
  transform: [of("luminance")],
  facet: { column: { field: "instance", type: "nominal", title: null } },
  spec: {
    mark: { type: "line", point: true },
    encoding: {
      x: { field: "frame", type: "quantitative", axis: { tickMinStep: 1 } },
      y: { field: "value", type: "quantitative", title: "mean luminance", scale: { zero: false } },
      // The frames in the color that they have beside any target.
      color: { field: "of", type: "nominal", title: null, sort: ["frames"] },
    },
  },
};

/** By what they show. */
export const matchCharts = {
  residuals,
  residuals_over_time: overTime,
  luminance_over_time: luminance,
} as const;
