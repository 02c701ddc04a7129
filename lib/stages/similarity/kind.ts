/**
 * The kind `similarity`: how alike the activity of a vision model is to two videos.
 * @module
 */
import type { StageKind } from "../../plan/stage_kind.ts";
import { foreignModelDeviations, keyedLayers, keyedModel, modelWork } from "../foreign_model.ts";
import { videoReferences, videosListed } from "../video_list.ts";
import { checkSimilarity } from "./check.ts";
import { extentOf } from "./extent.ts";
import { previewSimilarity } from "./preview.ts";
import { similarityMethods } from "./methods.ts";
import { similaritySchema, type SimilaritySettings } from "./schema.ts";

/** Linear CKA over time, of the frames as delivered. */
export const similarityKind: StageKind<SimilaritySettings> = {
  name: "similarity",
  summary:
    "Compares the activity of a vision model to a reference and to other videos, layer by layer over time (linear CKA).",
  format: 3,
  artifact: "table",
  schema: similaritySchema,
  models: ["model"],
  references: videoReferences,
  write: (settings) => settings,
  preview: previewSimilarity,
  async inspect(wanted, folder, report, digest, recall) {
    const { inspectForeignModel } = await import("../inspect_foreign_model.ts");
    return await inspectForeignModel({ ...wanted, tellsChannels: true }, { folder, report, digest, recall });
  },
  check: checkSimilarity,
  makes: () => ({ made: "table" }),
  reads(settings, facts) {
    const { frames } = extentOf(settings, facts);
    return Object.fromEntries(videosListed(facts).map(({ role }) => [role, frames]));
  },
  keyed(settings, facts) {
    const { frames, joined } = extentOf(settings, facts);
    return {
      model: keyedModel(facts),
      layers: keyedLayers(settings.layers),
      samples: settings.samples,
      window: joined,
      videos: videosListed(facts).map(({ role, name }) => ({ role, name })),
      frames,
    };
  },
  work(settings, facts) {
    const { windows, others } = extentOf(settings, facts);
    return modelWork(windows * (1 + others.length), facts);
  },
  deviations: (_settings, facts) => foreignModelDeviations(facts),
  methods: similarityMethods,
  async load() {
    const { runSimilarity } = await import("./run.ts");
    return runSimilarity;
  },
};
