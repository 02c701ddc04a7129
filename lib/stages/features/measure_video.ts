/**
 * Measuring the frames of one video.
 * @module
 */
import { grayLevels, levelHistogram } from "../../analysis/gray_levels.ts";
import { meanIntensity, pixelChange } from "../../analysis/low_level_features.ts";
import { rmsContrast } from "../../analysis/luminance.ts";
import { describeFlow, openFlowEstimator } from "../../analysis/optical_flow.ts";
import { radialAmplitudes } from "../../analysis/spectra.ts";
import { frameFromBytes } from "../../frames/bytes.ts";
import { loadFourier } from "../../frames/fourier.ts";
import type { Frame } from "../../frames/frame.ts";
import { grayValues } from "../../frames/gray.ts";
import type { StageContext } from "../../plan/stage_kind.ts";
import type { OpenPart } from "../measure_frames.ts";
import { deliveredBytes, readerOf, remembering } from "../read_frames.ts";
import type { ListedVideo } from "../video_list.ts";
import type { MeasuredFrame } from "./measured_frame.ts";
import { temporalSpectrum } from "./temporal_spectrum.ts";

/** Frames between two words about how far that is. */
const toldEvery = 50;

/** A frame as a playable file holds it: coded, in 8 bits. */
interface DeliveredFrame {
  readonly frame: Frame;
  /** 8 bits. */
  readonly gray: Uint8Array;
}

/**
 * Opens it, and with it OpenCV.
 * @param compared so many frames, from the first, the temporal spectrum is of
 */
export async function openVideo(
  { role, name, facts }: ListedVideo,
  compared: number,
  { inputs, emit, stopRequested }: Pick<StageContext, "inputs" | "emit" | "stopRequested">,
): Promise<OpenPart<MeasuredFrame>> {
  const { height, width, transfer = "srgb" } = facts;
  const stored = readerOf(inputs, role);
  const read = remembering(async (time): Promise<DeliveredFrame> => {
    const bytes = deliveredBytes(await stored(time), transfer);
    return { frame: frameFromBytes(bytes, height, width), gray: grayLevels(bytes) };
  });
  const grayFrames = {
    frames: compared,
    pixels: height * width,
    gray: async (time: number) => grayValues((await read(time)).frame),
  };
  const fourier = await loadFourier();
  const estimator = await openFlowEstimator({ height, width });
  return {
    async rowsAt(time) {
      const { frame, gray } = await read(time);
      const before = time === 0 ? undefined : await read(time - 1);
      const flow = before && describeFlow(estimator.flow(before.gray, gray));
      const temporal = time + 1 === compared
        ? await temporalSpectrum(fourier, grayFrames, { stopRequested, read: tell })
        : undefined;
      if (temporal === "stopped") return undefined;
      return [{
        video: name,
        frame: time,
        features: {
          intensity: meanIntensity(frame),
          contrast: rmsContrast(frame),
          ...(before && { pixel_change: pixelChange(before.frame, frame) }),
          ...(flow && {
            flow_magnitude: flow.magnitude,
            flow_angle: flow.angle,
            flow_angle_circular: flow.circularAngle,
            flow_resultant: flow.resultant,
          }),
        },
        levels: levelHistogram(gray),
        radial: radialAmplitudes(fourier, grayValues(frame), { height, width }),
        ...(temporal && { temporal }),
      }];
    },
    [Symbol.asyncDispose]: () => {
      estimator[Symbol.dispose]();
      return Promise.resolve();
    },
  };

  function tell(done: number, of: number): void {
    if (done % toldEvery !== 0) return;
    emit({ type: "preparing", text: `reading ${name} again for its temporal spectrum: frames`, done, of });
  }
}
