/**
 * The figures of iterations as a chart.
 * @module
 */
import type { TopLevelSpec } from "vega-lite";
import { areaOf, type Figure, secondsOf, type Setting, sizeText } from "./figure.ts";
import { type Stream, streams } from "./workload.ts";

const settingNames: Readonly<Record<Setting, string>> = {
  ours: "Metamer",
  direct: "Metamer, direct convolutions",
  baseline: "baseline (TensorFlow)",
};

const streamNames: Readonly<Record<Stream, string>> = {
  spatial: "spatial texture",
  temporal: "temporal texture",
  both: "whole iteration",
};

/** Seconds against pixels, both logarithmic, one panel for each stream. */
export function iterationsChart(figures: readonly Figure[]): TopLevelSpec {
  const values = figures.map((figure) => ({
    stream: streamNames[figure.stream],
    setting: settingNames[figure.setting],
    pixels: areaOf(figure.size),
    size: sizeText(figure.size),
    seconds: secondsOf(figure),
  }));
  const sizes = new Map(figures.map(({ size }) => [areaOf(size), sizeText(size)]));
  const labels = [...sizes].map(([area, text]) => `datum.value === ${area} ? '${text}' : `).join("");
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    background: "white",
    title: "Seconds per iteration",
    data: { values },
    facet: {
      column: { field: "stream", title: null, sort: streams.map((stream) => streamNames[stream]) },
    },
    spec: {
      width: 230,
      height: 300,
      mark: { type: "line", point: { size: 50 } },
      encoding: {
        x: {
          field: "pixels",
          type: "quantitative",
          title: "size (pixels, logarithmic)",
          scale: { type: "log", nice: false, padding: 15 },
          axis: { values: [...sizes.keys()], labelExpr: `${labels}''`, labelAngle: -40, labelOverlap: false },
        },
        y: { field: "seconds", type: "quantitative", title: "seconds (logarithmic)", scale: { type: "log" } },
        color: {
          field: "setting",
          type: "nominal",
          title: null,
          sort: Object.values(settingNames),
          legend: { orient: "bottom", labelLimit: 0 },
        },
      },
    },
  };
}
