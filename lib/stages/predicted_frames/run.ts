/**
 * Predicting the frames of a video that are not in the store yet, some at a time.
 * @module
 */
import type { StageContext } from "../../plan/stage_kind.ts";
import { openPredictor, windowsAtATime } from "../open_predictor.ts";
import { predictedFrames } from "../predictor_settings.ts";
import { type PredictedFramesSettings, predictedRole, watchedVideo } from "./schema.ts";

/** Writes the missing frames, height x width x 3, as float32. Ends early when a stop is requested. */
export async function runPredictedFrames(
  settings: PredictedFramesSettings,
  context: StageContext,
): Promise<void> {
  const { facts, store, emit, stopRequested } = context;
  const watched = { role: predictedRole, facts: watchedVideo(facts) };
  const of = predictedFrames(settings, watched.facts);
  let next = await store.finishedFrames(0);
  if (next >= of) return;
  await using predictor = await openPredictor(settings, context);
  const seen = predictor.video(watched);
  while (next < of && !stopRequested()) {
    const began = performance.now();
    const together = Math.min(windowsAtATime, of - next);
    const made = await seen.predict(next + settings.context, together);
    const seconds = (performance.now() - began) / 1000 / together;
    for (const [index, { predicted: { height, width, data } }] of made.entries()) {
      const frame = next + index;
      await store.writeFrame(frame, { shape: [height, width, 3], data }, { seconds });
      emit({ type: "frame.finished", frame, of, seconds });
    }
    next = await store.finishedFrames(0);
  }
}
