/**
 * The kind `predicted_frames`: a video of what a network predicts of another.
 * @module
 */
import type { Facts, StageKind, VideoFacts } from "../../plan/stage_kind.ts";
import { lotter2017 } from "../bibliography.ts";
import {
  checkPredictor,
  keyedPredictor,
  predictedFrames,
  predictorDeviations,
  predictorFiles,
  predictorReferences,
  predictorSentence,
  predictorWork,
  previewPredictor,
} from "../predictor_settings.ts";
import {
  predictedFramesSchema,
  type PredictedFramesSettings,
  predictedRole,
  watchedVideo,
} from "./schema.ts";

/** Frame t is what PredNet predicts of the other video's frame t + context, at the network's size. */
export const predictedFramesKind: StageKind<PredictedFramesSettings> = {
  name: "predicted_frames",
  summary:
    "Makes a video of what a network (PredNet) predicts of each frame of another from those before it; its frame t is the prediction of frame t + `context`.",
  format: 1,
  artifact: "video",
  schema: predictedFramesSchema,
  files: predictorFiles,
  references: (settings) => [
    { path: [predictedRole], name: settings.video, wants: "video" },
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
    const video = { path: [predictedRole], name: settings.video, facts: watchedVideo(facts) };
    checkPredictor(settings, facts, [video], report);
  },
  makes: (settings, facts) => ({ made: "video", video: madeVideo(settings, facts) }),
  // The number of frames is not in it: more can be predicted later.
  keyed: keyedPredictor,
  work: (settings, facts) => predictorWork(settings, facts, predictedFrames(settings, watchedVideo(facts))),
  deviations: predictorDeviations,
  methods(settings, { names }) {
    const video = names?.[predictedRole] ?? settings.video;
    return {
      made: `made by predicting the frames of ${video} by a network`,
      details: [
        predictorSentence(settings),
        `Frame t is the prediction of frame t + ${settings.context} of ${video}.`,
      ],
      citations: [lotter2017],
    };
  },
  async load() {
    const { runPredictedFrames } = await import("./run.ts");
    return runPredictedFrames;
  },
};

function madeVideo(settings: PredictedFramesSettings, facts: Facts): VideoFacts {
  const watched = watchedVideo(facts);
  const { height, width } = settings;
  return { height, width, frames: predictedFrames(settings, watched), fps: watched.fps };
}
