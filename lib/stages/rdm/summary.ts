/**
 * What representational dissimilarities come to: `summary.json`.
 * @module
 */
import { describeSample } from "../../analysis/descriptive.ts";
import { citationText } from "../../models/model_file/model_json.ts";
import type { Facts, Json } from "../../plan/stage_kind.ts";
import { foreignModelFacts } from "../foreign_model.ts";
import { rdmCharts } from "./charts.ts";
import { extentOf } from "./extent.ts";
import { distancesIn, type Row } from "./rows.ts";
import type { RdmSettings } from "./schema.ts";

/** How the distances are spread, how alike the geometries are, and charts of the table. */
export function summaryOf(rows: readonly Row[], settings: RdmSettings, facts: Facts): Json {
  const known = foreignModelFacts(facts);
  const { name: model, layers: tensors } = known;
  const { videos, windows } = extentOf(settings, facts);
  const layers = Object.keys(settings.layers);
  const names = videos.map(({ name }) => name);
  const rsa = rows.filter(({ measure }) => measure === "rsa").map(({ layer, video, other_video, value }) => (
    { layer, video, other_video, rsa: value }
  ));
  const told = rsa.map(({ layer, video, other_video, rsa }) =>
    `${layer} ${rsa.toFixed(2)} (${video} and ${other_video})`
  );
  const summary = {
    v: 1,
    headline: told.length > 0
      ? `RSA in ${model}: ${told.join(", ")}`
      : `dissimilarities of ${windows.length} frames of ${names.join(", ")} in ${model}`,
    model,
    citation: citationText(known),
    tensors,
    settings: { distance: settings.distance, step: settings.step },
    patterns: windows.length,
    dissimilarities: layers.flatMap((layer) =>
      names.map((video) => (
        { layer, video, distances: describeSample([...distancesIn(rows, layer, video)]) ?? null }
      ))
    ),
    rsa,
    charts: rdmCharts(layers, names.length, settings.step),
  };
  return JSON.parse(JSON.stringify(summary));
}
