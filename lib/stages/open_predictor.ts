/**
 * The network of a stage that predicts frames, and the windows that it sees.
 * @module
 */
import { basename, resolve } from "node:path";
import { type NextFrame, type NextFramePredictor, openNextFramePredictor } from "../analysis/next_frame.ts";
import { RunError } from "../errors.ts";
import type { Frame } from "../frames/frame.ts";
import { resizeBilinear } from "../frames/resize.ts";
import { type PrednetWeights, readPrednetWeights } from "../models/prednet/weights.ts";
import type { StageContext, VideoFacts } from "../plan/stage_kind.ts";
import { sha256OfBytes } from "../store/checksum.ts";
import { codedReader } from "./read_frames.ts";
import type { PredictorSettings } from "./predictor_settings.ts";

/** More go through no faster on a CPU, and need more memory. */
export const windowsAtATime = 4;

/** Predicts the frames of videos. */
export interface FramePredictor extends AsyncDisposable {
  /** Opens a video: its frames are read as they are needed, and each once. */
  video(video: { readonly role: string; readonly facts: VideoFacts }): PredictedVideo;
}

/** A video as the network sees it. */
export interface PredictedVideo {
  /** A frame in 8 bits, resized. */
  frame(time: number): Promise<Frame>;
  /** Predicts `count` frames from time `first` on, each from the frames of its context alone. */
  predict(first: number, count: number): Promise<readonly NextFrame[]>;
}

/** Reads the weights and compiles the network. Throws a RunError when a file of weights changed since the run was planned. */
export async function openPredictor(
  settings: PredictorSettings,
  context: StageContext,
): Promise<FramePredictor> {
  const { height, width, context: reach } = settings;
  const weights = await weightsOf(settings, context);
  warnOfKernels(weights, settings, context);
  const predictor: NextFramePredictor = await openNextFramePredictor(await context.engine(), weights, {
    height,
    width,
    batch: windowsAtATime,
  });
  return {
    video(video) {
      const read = codedReader(context.inputs, video);
      const resized = new Map<number, Promise<Frame>>();
      const frame = (time: number) =>
        resized.getOrInsertComputed(
          time,
          async () => resizeBilinear(await read(time), height, width),
        );
      return {
        frame,
        async predict(first, count) {
          for (const time of resized.keys()) {
            if (time < first - reach) resized.delete(time);
          }
          const windows = Array.from({ length: count }, (_, index) =>
            Promise.all(
              Array.from({ length: reach + 1 }, (_, step) => frame(first + index - reach + step)),
            ));
          return await predictor.predict(await Promise.all(windows));
        },
      };
    },
    [Symbol.asyncDispose]: () => predictor[Symbol.asyncDispose](),
  };
}

async function weightsOf(
  { model, weights, kernels }: PredictorSettings,
  { models, folder, facts }: StageContext,
): Promise<PrednetWeights> {
  if (weights === undefined) return await models.openPredictor(model, kernels);
  const bytes = await Deno.readFile(resolve(folder, weights));
  if (sha256OfBytes(bytes) !== facts.inspected?.digests.weights) {
    throw new RunError(`${weights} changed since the run was planned; run again`);
  }
  return await readPrednetWeights(bytes, basename(weights), kernels);
}

/** A file may say by which backend it was written; the setting decides all the same. */
function warnOfKernels(
  { backend }: PrednetWeights,
  { kernels }: PredictorSettings,
  { emit }: StageContext,
): void {
  if (backend === undefined || backend === kernels || (backend !== "theano" && kernels !== "theano")) return;
  emit({
    type: "warning",
    code: "kernels",
    text:
      `the weights say that they were written with ${backend}, and kernels is ${kernels}: if ${backend} is right, ` +
      "what is predicted is not",
  });
}
