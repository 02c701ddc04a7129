/**
 * The kind `prediction`: how well a network predicts the frames of videos.
 * @module
 */
import { smallestSsimSide } from "../../analysis/ssim.ts";
import type { Facts, Json, ReportProblem, StageKind } from "../../plan/stage_kind.ts";
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
    checkWindow(settings, report);
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

/** Reports sides that the window of the form of SSIM does not fit in. */
function checkWindow({ height, width, ssim }: PredictionSettings, report: ReportProblem): void {
  const window = smallestSsimSide(ssim);
  for (const [key, side] of Object.entries({ height, width })) {
    if (side >= window) continue;
    report([key], {
      code: "ssim_too_small",
      video: "a predicted frame",
      size: `${height} x ${width}`,
      window,
    });
  }
}

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
