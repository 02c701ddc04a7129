/**
 * Charts of a `table.csv` that has rows of `video`, `frame`, `measure` and `value`, as Vega-Lite specifications.
 * @module
 */
import type { Json } from "../plan/stage_kind.ts";
import { palette } from "../report/charts/palette.ts";

const schema = "https://vega.github.io/schema/vega-lite/v6.json";

const data = {
  url: "table.csv",
  format: { type: "csv", parse: { frame: "number", level: "number", value: "number" } },
};

/** What a chart shows. */
export interface ShownMeasures {
  /** Values of the column `measure`, one panel for each. */
  readonly measures: readonly string[];
  /** What the values are, in a title. */
  readonly title: string;
  /** In the order of their colors. */
  readonly videos: readonly string[];
  /** Panels by level instead of by measure, each with a scale of its own. */
  readonly byLevel?: true;
}

/** As papers write them. */
const writtenMeasures: Readonly<Record<string, string>> = { ssim: "SSIM", cssim: "cSSIM" };

const written = (measure: string) => writtenMeasures[measure] ?? measure;

const among = (measures: readonly string[]) => [
  { filter: { field: "measure", oneOf: measures } },
  { calculate: `${JSON.stringify(writtenMeasures)}[datum.measure] || datum.measure`, as: "written" },
];

const colorOf = (videos: readonly string[]) => ({
  field: "video",
  type: "nominal",
  title: null,
  scale: { domain: videos, range: palette },
});

/** Measures stand above or beside their panels, so that their axes need no title. */
const valueAxis = ({ title, byLevel }: ShownMeasures) => (
  { field: "value", type: "quantitative", title: byLevel ? title : null }
);

/** A panel for each measure, or level. */
const panels = ({ measures, byLevel }: ShownMeasures) => ({
  row: byLevel
    ? { field: "level", type: "ordinal", title: "level" }
    : { field: "written", type: "nominal", title: null, sort: measures.map(written) },
});

/** As a report's captions begin. */
const capitalized = (title: string) => title.charAt(0).toUpperCase() + title.slice(1);

/** Values over time, a line for each video. */
export function overTime(shown: ShownMeasures): Json {
  return {
    $schema: schema,
    title: `${capitalized(shown.title)} over time`,
    data,
    transform: among(shown.measures),
    facet: panels(shown),
    resolve: { scale: { y: "independent" } },
    spec: {
      width: 480,
      height: 120,
      mark: { type: "line", point: { size: 15 } },
      encoding: {
        x: { field: "frame", type: "quantitative", scale: { zero: false }, axis: { tickMinStep: 1 } },
        y: { ...valueAxis(shown), scale: { zero: false } },
        color: colorOf(shown.videos),
      },
    },
  };
}

/** The mean over a video's frames as a bar, with a line of one standard deviation to both sides. */
export function perVideo(shown: ShownMeasures): Json {
  const x = { field: "video", type: "nominal", title: null, sort: shown.videos, axis: { labelAngle: -30 } };
  return {
    $schema: schema,
    title: `${capitalized(shown.title)}: mean over the frames, and standard deviation`,
    data,
    transform: among(shown.measures),
    facet: { column: panels(shown).row },
    resolve: { scale: { y: "independent" } },
    spec: {
      width: { step: 60 },
      layer: [
        {
          mark: { type: "bar", width: { band: 0.7 } },
          encoding: {
            x,
            y: { ...valueAxis(shown), aggregate: "mean" },
            color: { ...colorOf(shown.videos), legend: null },
          },
        },
        {
          mark: { type: "errorbar", extent: "stdev", ticks: { size: 14 }, color: "black" },
          encoding: { x, y: valueAxis(shown) },
        },
      ],
    },
  };
}
