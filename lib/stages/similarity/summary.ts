/**
 * What the rows of a similarity come to: `summary.json`.
 * @module
 */
import { describeSample, type Description } from "../../analysis/descriptive.ts";
import { citationText } from "../../models/model_file/model_json.ts";
import type { Facts, Json } from "../../plan/stage_kind.ts";
import { foreignModelFacts } from "../foreign_model.ts";
import { similarityCharts } from "./charts.ts";
import { extentOf } from "./extent.ts";
import type { Row } from "./rows.ts";
import type { SimilaritySettings } from "./schema.ts";

interface LayerSummary {
  readonly layer: string;
  readonly cka: Description | null;
  /** Null where there are fewer than four samples. */
  readonly cka_debiased: Description | null;
}

/** The numbers of each video and layer, described over the frames, with charts of the table. */
export function summaryOf(rows: readonly Row[], settings: SimilaritySettings, facts: Facts): Json {
  const known = foreignModelFacts(facts);
  const { name: model, layers: tensors } = known;
  const { reference, others, frames, joined } = extentOf(settings, facts);
  const layers = Object.keys(settings.layers);
  const videos = others.map(({ name }) => ({
    video: name,
    layers: layers.map((layer): LayerSummary => {
      const of = (wanted: Row["measure"]) =>
        describeSample(
          rows.filter((row) => row.video === name && row.layer === layer && row.measure === wanted)
            .map(({ value }) => value),
        ) ?? null;
      return { layer, cka: of("cka"), cka_debiased: of("cka_debiased") };
    }),
  }));
  const summary = {
    v: 1,
    headline: `CKA with ${reference?.name} in ${model}: ${videos.map(inShort).join("; ")}`,
    model,
    citation: citationText(known),
    tensors,
    settings: { samples: settings.samples, window: Math.max(joined, foreignModelFacts(facts).input.frames) },
    reference: reference?.name,
    frames,
    videos,
    charts: similarityCharts(layers),
  };
  // Without the types of what stands in it.
  return JSON.parse(JSON.stringify(summary));
}

/** "metamer early 0.91, late 0.42": means over the frames. */
function inShort(
  { video, layers }: { readonly video: string; readonly layers: readonly LayerSummary[] },
): string {
  const means = layers.map(({ layer, cka }) => `${layer} ${cka === null ? "none" : cka.mean.toFixed(2)}`);
  return `${video} ${means.join(", ")}`;
}
