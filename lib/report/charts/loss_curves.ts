/**
 * Losses over the iterations of each octave.
 * @module
 */
import type { LossPoint } from "../data/losses.ts";
import type { ChartSpec } from "./draw_chart.ts";
import { palette } from "./palette.ts";

const x = {
  field: "iteration",
  type: "quantitative",
  title: "iteration",
  scale: { domainMin: 0 },
  axis: { tickMinStep: 1, tickCount: 6 },
};

const color = {
  field: "frames",
  type: "nominal",
  title: null,
  legend: { symbolType: "stroke", symbolOpacity: 1 },
  scale: { domain: ["frame 0", "later frames"], range: [palette[1], palette[0]] },
};

/** A row for each term, for their sizes differ by powers of ten; of later frames the median, in a band from the least to the largest. */
export function lossCurves(points: readonly LossPoint[]): ChartSpec {
  const byTerm = Map.groupBy(points, ({ term }) => term);
  return {
    data: { values: points },
    vconcat: Array.from(byTerm).map(([term, own], index) => rowOf(term, own, index === 0)),
    resolve: { scale: { color: "shared" } },
  };
}

function rowOf(term: string, points: readonly LossPoint[], isFirst: boolean): ChartSpec {
  const axis = { format: ".0e", ...ticksOf(points) };
  const y = { type: "quantitative", scale: { type: "log" }, title: term, axis };
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

/** Powers of ten alone where there are several of them. */
function ticksOf(points: readonly LossPoint[]): { readonly values?: readonly number[] } {
  const lowest = Math.ceil(Math.log10(Math.min(...points.map(({ least }) => least))));
  const highest = Math.floor(Math.log10(Math.max(...points.map(({ largest }) => largest))));
  const count = highest - lowest + 1;
  if (count < 2) return {};
  const step = Math.ceil(count / 4);
  return {
    values: Array.from({ length: Math.ceil(count / step) }, (_, index) => 10 ** (lowest + index * step)),
  };
}
