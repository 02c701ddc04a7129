/**
 * Charts of the tables, as Vega-Lite specifications that read `table.csv` and `spectra.csv` beside them.
 * @module
 */
import type { Json } from "../../plan/stage_kind.ts";
import { colorsBesideReference, referenceColor } from "../../report/charts/palette.ts";
import type { ConditionSummary } from "./compare_conditions.ts";
import type { FeatureRow } from "./tables.ts";

const schema = "https://vega.github.io/schema/vega-lite/v6.json";

const features = {
  url: "table.csv",
  format: { type: "csv", parse: { frame: "number", value: "number" } },
};

const spectra = {
  url: "spectra.csv",
  format: { type: "csv", parse: { frequency: "number", value: "number" } },
};

/** What is drawn of each feature: name, unit, and whether points are not joined (directions go around). */
const panels: readonly {
  readonly feature: FeatureRow["feature"];
  readonly title: string;
  readonly isAngle?: true;
  /** Over time alone: its mean over frames says little. */
  readonly timeOnly?: true;
}[] = [
  { feature: "intensity", title: "Intensity (0 to 1)" },
  { feature: "contrast", title: "RMS contrast (0 to 1)" },
  { feature: "pixel_change", title: "Pixel change (0 to 1)" },
  { feature: "flow_magnitude", title: "Optical flow (px per frame)" },
  { feature: "flow_resultant", title: "Coherence of flow (0 to 1)" },
  {
    feature: "flow_angle_circular",
    title: "Direction of flow, circular mean (rad; 0 right, 1.6 down, 3.1 left, 4.7 up)",
    isAngle: true,
    timeOnly: true,
  },
  {
    feature: "luminance_distance",
    title: "Earth mover's distance of luminance from the reference's frame (0 to 1)",
    timeOnly: true,
  },
];

const panelTitle = { anchor: "start", frame: "group", fontSize: 11, offset: 4 } as const;

/** A whole turn, in quarters. */
const directions = {
  scale: { domain: [0, 2 * Math.PI], nice: false },
  axis: { values: [0, 0.5, 1, 1.5, 2].map((half) => half * Math.PI), format: ".1f", minExtent: 40 },
} as const;

/**
 * Charts by what they show.
 * @param common how many frames all videos have, where some have more: the others are left out of the charts
 */
export function featuresCharts(conditions: readonly ConditionSummary[], common: number | undefined): Json {
  const [reference] = conditions;
  if (reference === undefined) return {};
  const names = conditions.map(({ condition }) => condition);
  const isMeasured = (feature: FeatureRow["feature"]) =>
    feature === "luminance_distance"
      ? conditions.some(({ luminance_distance }) => luminance_distance !== undefined)
      : conditions.some(({ features }) => features[feature] !== undefined);
  const shown = panels.filter(({ feature }) => isMeasured(feature));
  const shared = { conditions, common, color: colorOf(names), size: sizeOf(reference.condition) };
  const hasTemporal = conditions.some(({ slopes }) => slopes.temporal !== undefined);
  return {
    features: bars(shown.filter(({ timeOnly }) => timeOnly === undefined), conditions, common),
    features_over_time: overTime(shown, shared),
    spatial_spectrum: spectrum("spatial", "Spatial frequency (cycles/pixel)", shared),
    ...(hasTemporal && { temporal_spectrum: spectrum("temporal", "Temporal frequency (Hz)", shared) }),
  };
}

interface Shared {
  readonly conditions: readonly ConditionSummary[];
  readonly common: number | undefined;
  readonly color: Json;
  readonly size: Json;
}

/** Each row with the conditions that its video belongs to. */
function withCondition(conditions: readonly ConditionSummary[]): Json {
  const values = conditions.flatMap(({ condition, videos }) => videos.map((video) => ({ video, condition })));
  return { lookup: "video", from: { data: { values }, key: "video", fields: ["condition"] } };
}

/** "the first 12 frames, which all have" */
function firstFrames(count: number): string {
  return `the first ${count === 1 ? "frame" : `${count} frames`}, which all have`;
}

/** Without the frames that not all have. */
function among(common: number | undefined): Json[] {
  return common === undefined ? [] : [{ filter: `datum.frame < ${common}` }];
}

function colorOf(names: readonly string[]) {
  const range = names.map((_, i) =>
    i === 0 ? referenceColor : colorsBesideReference[(i - 1) % colorsBesideReference.length]!
  );
  return {
    field: "condition",
    type: "nominal",
    title: null,
    sort: null,
    scale: { domain: names, range },
    legend: { orient: "top", symbolType: "stroke", symbolStrokeWidth: 3, labelLimit: 400 },
  };
}

/** The reference's line is the thicker one. */
function sizeOf(reference: string): Json {
  return { condition: { test: `datum.condition === ${JSON.stringify(reference)}`, value: 3 }, value: 1.5 };
}

function overTime(shown: typeof panels, { conditions, common, color, size }: Shared): Json {
  const which = common === undefined ? "" : `: ${firstFrames(common)} (all are in the table)`;
  return {
    $schema: schema,
    title: { text: `Features over time, frame by frame${which}`, anchor: "start" },
    data: features,
    transform: [withCondition(conditions), ...among(common)],
    spacing: 12,
    vconcat: shown.map(({ feature, title, isAngle }, i) => ({
      title: { text: title, ...panelTitle },
      width: 560,
      height: 80,
      transform: [{ filter: `datum.feature === '${feature}'` }],
      mark: isAngle ? { type: "point", filled: true, opacity: 0.8 } : { type: "line" },
      encoding: {
        x: {
          field: "frame",
          type: "quantitative",
          title: i === shown.length - 1 ? "Frame" : null,
          scale: { domainMin: 0, nice: false },
          axis: { tickMinStep: 1, grid: false, labels: i === shown.length - 1 },
        },
        y: {
          field: "value",
          type: "quantitative",
          title: null,
          ...(isAngle ? directions : { scale: { zero: false }, axis: { tickCount: 4, minExtent: 40 } }),
        },
        color,
        ...(isAngle ? {} : { strokeWidth: size }),
        detail: { field: "video" },
      },
    })),
    resolve: { scale: { color: "shared", x: "shared" } },
  };
}

/**
 * A bar for each condition, with whiskers: where a condition has several videos the bootstrap interval of their mean, else the
 * standard deviation over the frames.
 */
function bars(
  shown: typeof panels,
  conditions: readonly ConditionSummary[],
  common: number | undefined,
): Json {
  const hasSeveral = conditions.some(({ features }) =>
    Object.values(features).some(({ mean }) => mean.low !== undefined)
  );
  const names = conditions.map(({ condition }) => condition);
  const over = conditions.some(({ over }) => over === "clips") ? "clips" : "versions";
  const color = { ...colorOf(names), legend: null };
  const x = { field: "condition", type: "nominal", sort: names, title: null, axis: { labelAngle: -30 } };
  const title = hasSeveral
    ? `Means over ${over}; whiskers: 95 % bootstrap interval; points: single videos`
    : `Means over ${
      common === undefined ? "frames" : firstFrames(common)
    }; whiskers: standard deviation over frames`;
  return {
    $schema: schema,
    title: { text: title, anchor: "start" },
    data: features,
    transform: [withCondition(conditions), ...(hasSeveral ? [] : among(common))],
    columns: 3,
    spacing: 20,
    concat: shown.map(({ feature, title }) => {
      // Axes that end at a tick, with labels of one width, keep panels and their titles in line.
      const y = (field: string) => ({
        field,
        type: "quantitative",
        title: null,
        scale: { zero: true, nice: 4 },
        axis: { tickCount: 4, minExtent: 40 },
      });
      const perVideo = [{
        aggregate: [{ op: "mean", field: "value", as: "value" }, { op: "stdev", field: "value", as: "sd" }],
        groupby: ["video", "condition"],
      }];
      const intervals = conditions.flatMap(({ condition, features }) => {
        const found = feature === "luminance_distance" ? undefined : features[feature]?.mean;
        return found === undefined ? [] : [{ condition, ...found }];
      });
      return {
        title: { text: title, ...panelTitle },
        width: { step: Math.max(44, Math.ceil(150 / conditions.length)) },
        height: 130,
        transform: [{ filter: `datum.feature === '${feature}'` }, ...perVideo],
        layer: hasSeveral
          ? [
            {
              data: { values: intervals },
              transform: [],
              mark: { type: "bar", width: { band: 0.7 } },
              encoding: { x, y: y("mean"), color },
            },
            {
              mark: {
                type: "point",
                filled: true,
                size: 22,
                fill: "#ffffff",
                stroke: "#333333",
                strokeWidth: 0.8,
              },
              encoding: { x, y: y("value") },
            },
            {
              data: { values: intervals.filter(({ low }) => low !== undefined) },
              mark: { type: "rule", strokeWidth: 1.5 },
              encoding: { x, y: y("low"), y2: { field: "high" } },
            },
          ]
          : [
            {
              mark: { type: "bar", width: { band: 0.7 } },
              encoding: { x, y: y("value"), color },
            },
            {
              transform: [
                { calculate: "datum.value - (datum.sd || 0)", as: "low" },
                { calculate: "datum.value + (datum.sd || 0)", as: "high" },
              ],
              mark: { type: "rule", strokeWidth: 1.5 },
              encoding: { x, y: y("low"), y2: { field: "high" } },
            },
          ],
      };
    }),
  };
}

function spectrum(
  wanted: "spatial" | "temporal",
  frequency: string,
  { conditions, common, color, size }: Shared,
): Json {
  const [over, of] = common === undefined
    ? ["frames", ""]
    : [firstFrames(common), `, of ${firstFrames(common)}`];
  return {
    $schema: schema,
    title: {
      text: wanted === "spatial"
        ? `Spatial amplitude spectrum (mean around circles and over ${over})`
        : `Temporal amplitude spectrum (mean over pixels${of})`,
      anchor: "start",
    },
    data: spectra,
    width: 480,
    height: 280,
    transform: [
      { filter: `datum.spectrum === '${wanted}' && datum.value > 0` },
      withCondition(conditions),
    ],
    mark: { type: "line" },
    encoding: {
      x: {
        field: "frequency",
        type: "quantitative",
        title: frequency,
        scale: { type: "log", nice: false },
        axis: { grid: false, format: "~g" },
      },
      y: {
        field: "value",
        type: "quantitative",
        title: "Amplitude",
        scale: { type: "log" },
        axis: { format: "~g" },
      },
      color,
      strokeWidth: size,
      detail: { field: "video" },
    },
  };
}
