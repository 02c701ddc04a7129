/**
 * The part of the section "Results" of `docs/reference.md` on the tables of `similarity`, `activations`, `rdm` and `readout`.
 * @module
 */
import type { Row as ActivationsRow } from "../../stages/activations/rows.ts";
import type { Row as RdmRow } from "../../stages/rdm/rows.ts";
import type { Row as ReadoutRow } from "../../stages/readout/rows.ts";
import type { Row as SimilarityRow } from "../../stages/similarity/rows.ts";
import { meaningsTable } from "./meanings_table.ts";

const windowEnd =
  "The last frame of the window that the number is of: of a model that sees single frames, that frame.";

const similarity: Readonly<Record<keyof SimilarityRow, string>> = {
  video: "The video that is compared.",
  reference: "The first of `videos`, with which it is compared.",
  layer: "The layer, as the settings call it.",
  frame: windowEnd,
  measure:
    "`cka` (linear CKA, 0 to 1) or `cka_debiased` (1 at most, around 0 or below where nothing is alike), which needs " +
    "four samples or more.",
  value: "The number.",
};

const activations: Readonly<Record<keyof ActivationsRow, string>> = {
  video: "The video.",
  layer: "The layer, as the settings call it.",
  frame: windowEnd,
  measure:
    "`mean`, `sd` (standard deviation) or `zeros` (the share that is exactly 0), over all numbers of the layer.",
  value: "The number.",
};

const arrays: Readonly<Record<string, string>> = {
  array: "The `.npy` file, or the dataset in `activations.h5`.",
  video: "The video.",
  layer: "The layer, as the settings call it.",
  tensor: "The layer, as the `.onnx` names it.",
  shape: "Windows first, then the layer's own axes in the model's order.",
  first_frame: "The frame at which the first window ends; each further one ends a frame later.",
};

const rdm: Readonly<Record<keyof RdmRow, string>> = {
  measure:
    "`dissimilarity` of two frames of one video, or `rsa`: Spearman's rank correlation of two videos' dissimilarities.",
  layer: "The layer, as the settings call it.",
  video: "The video.",
  other_video: "Of `rsa`: the other video; else empty.",
  frame: "Of a dissimilarity: the earlier frame (the last of its window); else empty.",
  other_frame: "Of a dissimilarity: the later frame; else empty.",
  value: "1 - Pearson's correlation (0 to 2), or the Euclidean distance; of `rsa` -1 to 1.",
};

const readout: Readonly<Record<keyof ReadoutRow, string>> = {
  video: "The video.",
  measure: "`frame`, or `video`: of the mean of all frames' probabilities.",
  frame: `Of \`frame\`: ${windowEnd.charAt(0).toLowerCase()}${windowEnd.slice(1)} Else empty.`,
  rank: "1 is the likeliest.",
  class: "The class by its place among the model's outputs, from 0.",
  label: "Its name in the model's JSON; the place, where that names none.",
  probability: "0 to 1.",
};

const summaries: Readonly<Record<string, string>> = {
  headline: "What it comes to, in one line.",
  model:
    "The file's name; `citation`, its publication in one line; `tensors`, the layers as the `.onnx` names them.",
  settings: "Those that decide what the numbers mean.",
  videos:
    "Of `similarity`: by video and layer `cka` and `cka_debiased`, each with `count`, `mean`, `sd`, `smallest` and `largest` " +
    "over the frames. Of `readout`: the likeliest `names` of each video.",
  arrays: "Of `activations`: the arrays with their shapes, and the mean activity over the frames.",
  dissimilarities:
    "Of `rdm`: by layer and video how the distances are spread; `rsa` by layer and pair of videos.",
  compared:
    "Of `readout`: of each video but the first its `name`, whether that is the first one's (`same_name`), and in which share of " +
    "the frames that both have (`same_name_share`).",
  charts: "Vega-Lite specifications that read the `table.csv` beside them.",
};

/** Tables and summaries of the kinds that look into vision models. */
export function visionResultsReference(): readonly string[] {
  return [
    "### Vision models: tables of `similarity`, `activations`, `rdm` and `readout`",
    meaningsTable("column of `similarity`", similarity),
    meaningsTable("column of `activations`", activations),
    meaningsTable("column of `arrays/activations.tsv`", arrays),
    meaningsTable("column of `rdm`", rdm),
    meaningsTable("column of `readout`", readout),
    meaningsTable("key of their `summary.json`", summaries),
  ];
}
