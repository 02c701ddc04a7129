/**
 * Charts of a readout's table, as Vega-Lite specifications that read the `table.csv` beside them.
 * @module
 */
import type { Json } from "../../plan/stage_kind.ts";

const schema = "https://vega.github.io/schema/vega-lite/v6.json";

const data = {
  url: "table.csv",
  format: { type: "csv", parse: { frame: "number", rank: "number", probability: "number" } },
};

/** A panel for each video, in their order, under its name: beside it a long name would be longer than the panel is high. */
const panels = (videos: readonly string[]) => ({
  row: {
    ...{ field: "video", type: "nominal", title: null, sort: videos },
    header: { labelOrient: "top", labelAnchor: "start" },
  },
});

/** The likeliest names of each video. */
const names = (videos: readonly string[]): Json => ({
  $schema: schema,
  title: "The likeliest names of each video",
  data,
  transform: [{ filter: "datum.measure === 'video'" }],
  facet: panels(videos),
  resolve: { scale: { y: "independent" } },
  spec: {
    width: 320,
    mark: { type: "bar" },
    encoding: {
      x: { field: "probability", type: "quantitative", title: "mean probability", scale: { domain: [0, 1] } },
      y: { field: "label", type: "nominal", title: null, sort: "-x" },
    },
  },
});

/** The likeliest name of each frame. */
const overTime = (videos: readonly string[]): Json => ({
  $schema: schema,
  title: "The likeliest name of each frame",
  data,
  transform: [{ filter: "datum.measure === 'frame' && datum.rank === 1" }],
  facet: panels(videos),
  spec: {
    width: 480,
    height: 120,
    mark: { type: "point", filled: true },
    encoding: {
      x: { field: "frame", type: "quantitative", axis: { tickMinStep: 1 } },
      y: { field: "probability", type: "quantitative", scale: { domain: [0, 1] } },
      color: { field: "label", type: "nominal", title: null },
    },
  },
});

/** By what they show. */
export function readoutCharts(videos: readonly string[]) {
  return { names: names(videos), names_over_time: overTime(videos) };
}
