/**
 * Predicting frames and measuring how well, some windows at a time, video after video.
 * @module
 */
import type { NextFrame } from "../../analysis/next_frame.ts";
import { correctedSsim, ssim } from "../../analysis/ssim.ts";
import { RunError } from "../../errors.ts";
import type { StageContext } from "../../plan/stage_kind.ts";
import { openPredictor, type PredictedVideo, windowsAtATime } from "../open_predictor.ts";
import { predictedFrames } from "../predictor_settings.ts";
import { keepRows, savedRows } from "../saved_rows.ts";
import { videosListed } from "../video_list.ts";
import { type PredictionRow, predictionRowSchema, predictionTable } from "./rows.ts";
import type { PredictionSettings } from "./schema.ts";
import { predictionSummary } from "./summary.ts";

/**
 * Writes the table and its summary. Returns early when a stop is requested, and then leaves what was measured.
 * Throws a RunError when the network makes something that is not a finite number.
 */
export async function runPrediction(settings: PredictionSettings, context: StageContext): Promise<void> {
  const { facts, store, checkpoints, emit, stopRequested } = context;
  const videos = videosListed(facts);
  const of = videos.reduce((sum, { facts }) => sum + predictedFrames(settings, facts), 0);
  const before = await savedRows(context, predictionRowSchema);
  const rows: PredictionRow[] = [...before.rows];
  let { done } = before;
  let first = 0;
  await using predictor = await openPredictor(settings, context);
  for (const video of videos) {
    const count = predictedFrames(settings, video.facts);
    let next = Math.max(0, done - first);
    first += count;
    if (next >= count) continue;
    const seen = predictor.video(video);
    while (next < count) {
      if (stopRequested()) return done > 0 ? await keepRows(checkpoints, { done, rows }) : undefined;
      const began = performance.now();
      const together = Math.min(windowsAtATime, count - next);
      const made = await seen.predict(next + settings.context, together);
      for (const [index, prediction] of made.entries()) {
        const frame = next + settings.context + index;
        rows.push(...await measure(prediction, { video: video.name, frame, seen, form: settings.ssim }));
      }
      const seconds = (performance.now() - began) / 1000 / together;
      for (let index = 0; index < together; index++) {
        emit({ type: "frame.finished", frame: done + index, of, seconds });
      }
      next += together;
      done += together;
      if (checkpoints.isDue()) await keepRows(checkpoints, { done, rows });
    }
  }
  await store.writeTable("table.csv", predictionTable(rows));
  const summary = predictionSummary(rows, settings, facts);
  await store.writeTable("summary.json", `${JSON.stringify(summary, undefined, 2)}\n`);
}

/** The rows of one prediction. */
async function measure(
  { predicted, errors }: NextFrame,
  { video, frame, seen, form }: {
    readonly video: string;
    readonly frame: number;
    readonly seen: PredictedVideo;
    readonly form: PredictionSettings["ssim"];
  },
): Promise<readonly PredictionRow[]> {
  if (!errors.every(Number.isFinite) || !predicted.data.every(Number.isFinite)) {
    throw new RunError(`${video}: what the network predicts of frame ${frame} is not finite`);
  }
  const [previous, current] = [await seen.frame(frame - 1), await seen.frame(frame)];
  return [
    { video, frame, measure: "ssim", value: ssim(current, predicted, form) },
    { video, frame, measure: "cssim", value: correctedSsim({ previous, current, predicted }, form) },
    { video, frame, measure: "ssim_repeated", value: ssim(previous, current, form) },
    ...errors.map((value, level): PredictionRow => ({ video, frame, measure: "error", level, value })),
  ];
}
