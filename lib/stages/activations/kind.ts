/**
 * The kind `activations`: the activity of a vision model, as files.
 * @module
 */
import type { StageKind } from "../../plan/stage_kind.ts";
import {
  checkLengths,
  foreignModelDeviations,
  keyedLayers,
  keyedModel,
  keyedVideos,
  wholeWork,
} from "../foreign_model.ts";
import { videoReferences } from "../video_list.ts";
import { activationsMethods } from "./methods.ts";
import { activationsSchema, type ActivationsSettings } from "./schema.ts";

/** Layers as arrays, for analyses elsewhere. */
export const activationsKind: StageKind<ActivationsSettings> = {
  name: "activations",
  summary: "Writes the activity of a vision model's layers to videos as arrays for NumPy or MATLAB.",
  format: 2,
  artifact: "table",
  schema: activationsSchema,
  models: ["model"],
  references: videoReferences,
  write: (settings) => settings,
  async inspect(wanted, folder, report, digest, recall) {
    const { inspectForeignModel } = await import("../inspect_foreign_model.ts");
    return await inspectForeignModel(wanted, { folder, report, digest, recall });
  },
  check: (_settings, facts, report) => checkLengths(facts, 0, report),
  makes: () => ({ made: "table" }),
  keyed: ({ layers, format }, facts) => ({
    model: keyedModel(facts),
    layers: keyedLayers(layers),
    format,
    videos: keyedVideos(facts),
  }),
  work: (_settings, facts) => wholeWork(facts),
  deviations: (_settings, facts) => foreignModelDeviations(facts),
  methods: activationsMethods,
  async load() {
    const { runActivations } = await import("./run.ts");
    return runActivations;
  },
};
