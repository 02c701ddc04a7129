/**
 * What activations come to: `summary.json`.
 * @module
 */
import { describeSample } from "../../analysis/descriptive.ts";
import { citationText } from "../../models/model_file/model_json.ts";
import type { Facts, Json } from "../../plan/stage_kind.ts";
import { foreignModelFacts } from "../foreign_model.ts";
import { videosListed } from "../video_list.ts";
import { arrayName, hdf5Name, type PlannedArray } from "./arrays.ts";
import { activationsCharts } from "./charts.ts";
import type { Row } from "./rows.ts";
import type { ActivationsSettings } from "./schema.ts";

/** The arrays, the means over the frames, and charts of the table. */
export function summaryOf(
  rows: readonly Row[],
  arrays: readonly PlannedArray[],
  { layers, format }: ActivationsSettings,
  facts: Facts,
): Json {
  const known = foreignModelFacts(facts);
  const { name: model } = known;
  const videos = videosListed(facts).map(({ name }) => name);
  const names = Object.keys(layers);
  const summary = {
    v: 1,
    headline: `${names.join(", ")} of ${model} for ${videos.join(", ")}, in ${
      format === "npy" ? "NumPy files" : hdf5Name
    }`,
    model,
    citation: citationText(known),
    arrays: arrays.map((array) => ({
      array: arrayName(array),
      ...array,
      activity: describeSample(
        rows.filter(({ video, layer, measure }) =>
          video === array.video && layer === array.layer && measure === "mean"
        ).map(({ value }) => value),
      ) ?? null,
    })),
    charts: activationsCharts(names),
  };
  return JSON.parse(JSON.stringify(summary));
}
