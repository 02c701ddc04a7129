/**
 * The kind `rdm`: representational dissimilarity matrices, and how alike two videos' are.
 * @module
 */
import type { StageKind } from "../../plan/stage_kind.ts";
import {
  checkLengths,
  foreignModelDeviations,
  keyedLayers,
  keyedModel,
  modelWork,
} from "../foreign_model.ts";
import { videoReferences, videosListed } from "../video_list.ts";
import { extentOf, mostPatterns } from "./extent.ts";
import { rdmMethods } from "./methods.ts";
import { rdmSchema, type RdmSettings } from "./schema.ts";

/** RDM of each video's frames in each layer, and RSA. */
export const rdmKind: StageKind<RdmSettings> = {
  name: "rdm",
  summary:
    "Tells how far apart a video's frames are in the layers of a vision model (RDM), and how alike two videos are in that (RSA).",
  format: 3,
  artifact: "table",
  schema: rdmSchema,
  models: ["model"],
  references: videoReferences,
  write: (settings) => settings,
  async inspect(wanted, folder, report, digest, recall) {
    const { inspectForeignModel } = await import("../inspect_foreign_model.ts");
    return await inspectForeignModel(wanted, { folder, report, digest, recall });
  },
  check(settings, facts, report) {
    // Two distances are the fewest that can be ranked: of three patterns.
    checkLengths(facts, 2 * settings.step, report);
    const patterns = extentOf(settings, facts).windows.length;
    if (patterns > mostPatterns) {
      report(["step"], { code: "too_many_patterns", patterns, most: mostPatterns });
    }
  },
  makes: () => ({ made: "table" }),
  reads(settings, facts) {
    const { frames, videos } = extentOf(settings, facts);
    return Object.fromEntries(videos.map(({ role }) => [role, frames]));
  },
  keyed(settings, facts) {
    const { layers, distance, step } = settings;
    const videos = videosListed(facts).map(({ role, name }) => ({ role, name }));
    return {
      model: keyedModel(facts),
      layers: keyedLayers(layers),
      distance,
      step,
      videos,
      frames: extentOf(settings, facts).frames,
    };
  },
  work(settings, facts) {
    const { videos, windows } = extentOf(settings, facts);
    return modelWork(videos.length * windows.length, facts);
  },
  deviations: (_settings, facts) => foreignModelDeviations(facts),
  methods: rdmMethods,
  async load() {
    const { runRdm } = await import("./run.ts");
    return runRdm;
  },
};
