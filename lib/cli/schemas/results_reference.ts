/**
 * The section "Results" of `docs/reference.md`: what the numbers and the files of a run mean.
 * @module
 */
import type { Row } from "../../stages/match/rows.ts";
import { meaningsTable } from "./meanings_table.ts";
import { visionResultsReference } from "./vision_results_reference.ts";

/** The columns of a match's table. */
const columns: Readonly<Record<keyof Row, string>> = {
  instance: "The stage instance by whose targets the frames are judged.",
  frame: "Output frame, from 0. Temporal terms begin at 1: they compare a frame and the one before it.",
  term: "Spatial or temporal, content or texture; empty where the number is of a whole frame.",
  layer: "The model's layer; empty where the number is of a whole frame.",
  measure: "What the number is: the next table.",
  of: "Whose it is: `frames` (those that are judged), `neighbors`, `shifted`, `scrambled`, or a clip's name.",
  draw: "Which of several: by how many frames it is shifted, or which scrambled version; else empty.",
  value: "The number.",
};

/** The measures of a match. */
const measures: Readonly<Record<Row["measure"], string>> = {
  residual: "Of the judged frame, against the targets at the same time.",
  null: "The same of a frame that is no match.",
  ceiling:
    "The same of the targets' next frame: what another sample of the same scene reaches. The last frame has none.",
  luminance: "Mean of the frame's gray (.299 R + .587 G + .114 B, in the frame's own values, 0 to 1).",
  contrast: "RMS contrast: standard deviation of that gray over the frame.",
  flicker:
    "Mean over the pixels of |x(t - 1) - 2 x(t) + x(t + 1)|, x being gray: 0 for what stays or changes evenly.",
};

/** The keys of a match's summary. */
const summary: Readonly<Record<string, string>> = {
  headline:
    "The verdict in one line, with what was nearer, and luminance or contrast where they differ visibly.",
  verdict: "`pass`, `fail` or `undecided`, of all instances together.",
  rule: "How the verdict follows from the table, in words.",
  settings: "`quantile`, `shifted`, `scrambled` and `seed` of the match.",
  instances: "One entry for each stage instance, with the keys below.",
  "instances[].instance": "Its name, as in the table.",
  "instances[].judged": "The name of what was judged: the same, or the match's `video`.",
  "instances[].frames": "How many frames were judged, of `height` x `width` pixels.",
  "instances[].terms":
    "By term its verdict, and by layer the verdict, the residuals' `count`, `mean`, `sd`, " +
    "`smallest` and `largest`, the same of the ceiling, and of each null beside that the `quantile`, the shares " +
    "`below_frames` and `below_ceiling`, and whether the frames are `nearer` and the null `tells`.",
  "instances[].luminance": "Mean over the frames, of `frames` and of each target by name.",
  "instances[].contrast": "The same of the contrast.",
  "instances[].drift": "The slope of the luminance per frame.",
  "instances[].flicker": "Mean over the frames.",
  charts: "Vega-Lite specifications that read the `table.csv` beside them.",
};

/** The columns of the tables of features. */
const featureColumns: Readonly<Record<string, string>> = {
  video: "The instance.",
  frame: "From 0. `pixel_change` and flow begin at 1: they compare a frame and the one before it.",
  feature:
    "`intensity` (mean of the values), `contrast` (standard deviation of gray), `pixel_change` (mean absolute), " +
    "`flow_magnitude` (px per frame), `flow_angle` (arithmetic mean of radians, the paper's), `flow_angle_circular` " +
    "(circular mean, 0 right, pi/2 down), `flow_resultant` (0 to 1), `luminance_distance` (Earth mover's distance of gray " +
    "levels to the reference's frame, 0 to 1).",
  value: "The number; of 8-bit frames, values from 0 to 1.",
};

/** The columns of the spectra. */
const spectrumColumns: Readonly<Record<string, string>> = {
  video: "The instance.",
  spectrum: "`spatial` (mean around circles and over frames) or `temporal` (mean over pixels).",
  frequency: "The frequency.",
  unit: "`cycles/pixel` or `Hz`.",
  value: "Amplitude of gray, of the unitary transform.",
};

/** The keys of their summary. */
const featuresSummary: Readonly<Record<string, string>> = {
  headline:
    "How far each condition is from the reference in intensity, contrast, pixel change and optical flow.",
  reference: "The first condition.",
  settings: "`seed`, `resamples` and `confidence` of the bootstrap.",
  cautions: "Where lengths, sizes or frame rates differ, and what that means, in sentences.",
  conditions:
    "By entry of `videos`: for each feature `mean`, `reference_mean`, `mean_difference`, `correlation` and " +
    "`earth_movers_distance`, `luminance_distance` and `slopes` of the spectra, each with `count`, `mean` and, of several, " +
    "the interval `low` to `high`, `over` clips or versions.",
  videos:
    "The same of each video, with `count`, `mean`, `sd`, `smallest` and `largest` over its frames, and `beside_reference`.",
  charts: "Vega-Lite specifications that read `table.csv` and `spectra.csv` beside them.",
};

const residual = [
  "### Residuals",
  "How far frames are from what they were to match, by term and layer: `||G - G'||^2 / ||G'||^2`, G being the Gram matrix of " +
  "the frame's features in the layer and G' the target's (for content terms: the features themselves), sums over all " +
  "entries. **0** is a perfect match; **1** is as far from the target as a statistic of nothing but zeros; there is no upper " +
  "bound. Of several targets the share-weighted mean. It says how well a layer is matched, not what is seen: a `match` " +
  "compares it with the residuals of frames that are no match.",
  "A synthesis writes them to `manifest.json` (mean and standard deviation over frames), after the last iteration of each " +
  "frame and before its values are rounded to 8 bits; a match computes them anew, of the frames as delivered.",
].join("\n\n");

/** The section. */
export function resultsReference(): string {
  return [
    "## Results",
    residual,
    "### A match's `table.csv`",
    "One row per number.",
    meaningsTable("column", columns),
    meaningsTable("measure", measures),
    "### A match's `summary.json`",
    meaningsTable("key", summary),
    "### Features: `table.csv`, `spectra.csv` and `summary.json`",
    meaningsTable("column of `table.csv`", featureColumns),
    meaningsTable("column of `spectra.csv`", spectrumColumns),
    meaningsTable("key", featuresSummary),
    ...visionResultsReference(),
    "### The record of a run",
    "Every instance has a `manifest.json` ([schema](../schemas/manifest.schema.json)): settings in full, inputs with " +
    "checksums, versions, deviations from the paper, residuals. `events.jsonl` ([schema](../schemas/event.schema.json)) " +
    "has one line for each thing that happened, as `run --json` prints them. `freeze` writes a registration " +
    "([schema](../schemas/frozen.schema.json)): the workflow with all defaults, keys, checksums and versions, under one hash. Editors check a workflow by its " +
    "[schema](../schemas/workflow.schema.json).",
  ].join("\n\n");
}
