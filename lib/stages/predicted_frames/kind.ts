/**
 * The kind `predicted_frames`: a video of what a network predicts of another.
 * @module
 */
import type { z } from "zod";
import type { Facts, StageKind, VideoFacts } from "../../plan/stage_kind.ts";
import { name, settingsMap } from "../../workflow/fields.ts";
import { lotter2017 } from "../bibliography.ts";
import {
  checkPredictor,
  keyedPredictor,
  predictedFrames,
  predictorDeviations,
  predictorFields,
  predictorFiles,
  predictorReferences,
  predictorSentence,
  type PredictorSettings,
  predictorWork,
  previewPredictor,
} from "../predictor_settings.ts";

/** Whose frames are predicted, and by what. */
export interface PredictedFramesSettings extends PredictorSettings {
  readonly video: string;
}

const schema: z.ZodType<PredictedFramesSettings> = settingsMap({
  video: name.describe("The video, or the stage that makes it, whose frames are predicted."),
  ...predictorFields,
});

/** Role of the video. */
export const predictedRole = "video";

/** Frame t is what PredNet predicts of the other video's frame t + context, at the network's size. */
export const predictedFramesKind: StageKind<PredictedFramesSettings> = {
  name: "predicted_frames",
  summary:
    "Makes a video of what a network (PredNet) predicts of each frame of another from those before it.",
  format: 1,
  artifact: "video",
  schema,
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
  methods: (settings, { names }) => ({
    made: `made by predicting the frames of ${names?.[predictedRole] ?? settings.video} by a network`,
    details: [predictorSentence(settings)],
    citations: [lotter2017],
  }),
  async load() {
    const { runPredictedFrames } = await import("./run.ts");
    return runPredictedFrames;
  },
};

/** What is known of the video that is predicted. Throws an Error when the plan forgot it. */
export function watchedVideo({ videos }: Facts): VideoFacts {
  const facts = videos[predictedRole];
  if (facts === undefined) throw new Error("nothing is known of the video");
  return facts;
}

function madeVideo(settings: PredictedFramesSettings, facts: Facts): VideoFacts {
  const watched = watchedVideo(facts);
  const { height, width } = settings;
  return { height, width, frames: predictedFrames(settings, watched), fps: watched.fps };
}
