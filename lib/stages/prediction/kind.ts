/**
 * The kind `prediction`: how well a network predicts the frames of videos.
 * @module
 */
import type { Facts, Json, StageKind } from "../../plan/stage_kind.ts";
import {
  checkPredictor,
  keyedPredictor,
  predictedFrames,
  predictorDeviations,
  predictorFiles,
  predictorReferences,
  predictorWork,
  previewPredictor,
} from "../predictor_settings.ts";
import { pathOfRole, videosListed } from "../video_list.ts";
import { predictionMethods } from "./methods.ts";
import { predictionSchema, type PredictionSettings } from "./schema.ts";

/** PredNet's predictions of each frame from those before it, by SSIM, cSSIM and the network's own errors. */
export const predictionKind: StageKind<PredictionSettings> = {
  name: "prediction",
  summary: "Tells how well a network (PredNet) predicts each frame of videos from the frames before it.",
  format: 3,
  artifact: "table",
  schema: predictionSchema,
  files: predictorFiles,
  references: (settings) => [
    ...settings.videos.map((name, index) => ({ path: ["videos", index], name, wants: "videos" } as const)),
    ...predictorReferences(settings),
  ],
  write: (settings) => settings,
  preview: previewPredictor,
  async inspect({ weights }, folder, report, digest, recall) {
    if (weights === undefined) return undefined;
    const { inspectPredictor } = await import("../inspect_predictor.ts");
    return await inspectPredictor(weights, folder, report, digest, recall);
  },
  check(settings, facts, report) {
    const videos = videosListed(facts).map((video) => ({ ...video, path: [...pathOfRole(video.role)] }));
    checkPredictor(settings, facts, videos, report);
  },
  makes: () => ({ made: "table" }),
  keyed: keyedPrediction,
  work: (settings, facts) => predictorWork(settings, facts, windowsOf(settings, facts)),
  deviations: predictorDeviations,
  methods: predictionMethods,
  async load() {
    const { runPrediction } = await import("./run.ts");
    return runPrediction;
  },
};

/** Names and numbers of frames stand in the table. */
function keyedPrediction(settings: PredictionSettings, facts: Facts): Json {
  return {
    ...keyedPredictor(settings, facts),
    ssim: settings.ssim,
    videos: videosListed(facts).map(({ name, role, facts: { frames } }) => ({ name, role, frames })),
  };
}

function windowsOf(settings: PredictionSettings, facts: Facts): number {
  return videosListed(facts).reduce((sum, { facts }) => sum + predictedFrames(settings, facts), 0);
}
