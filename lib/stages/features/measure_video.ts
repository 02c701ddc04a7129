/**
 * Measuring the frames of one video.
 * @module
 */
import { grayLevels, levelHistogram } from "../../analysis/gray_levels.ts";
import { meanIntensity, pixelChange } from "../../analysis/low_level_features.ts";
import { rmsContrast } from "../../analysis/luminance.ts";
import { describeFlow, openFlowEstimator } from "../../analysis/optical_flow.ts";
import { radialAmplitudes, temporalAmplitudes, temporalAmplitudeSums } from "../../analysis/spectra.ts";
import { frameFromBytes } from "../../frames/bytes.ts";
import { loadFourier } from "../../frames/fourier.ts";
import type { Frame } from "../../frames/frame.ts";
import { grayValues } from "../../frames/gray.ts";
import type { StageContext } from "../../plan/stage_kind.ts";
import type { OpenPart } from "../measure_frames.ts";
import { deliveredBytes, readerOf, remembering } from "../read_frames.ts";
import type { FeaturesVideo } from "./conditions.ts";
import type { MeasuredFrame } from "./measured_frame.ts";

/** So many gray values, and no more, are held to look at them over time: 160 MiB with their transform. */
const mostValues = 2 ** 23;

/** A frame as a playable file holds it: coded, in 8 bits. */
interface DeliveredFrame {
  readonly frame: Frame;
  /** 8 bits. */
  readonly gray: Uint8Array;
}

/** Opens it, and with it OpenCV. */
export async function openVideo(
  { role, name, facts }: FeaturesVideo,
  inputs: StageContext["inputs"],
): Promise<OpenPart<MeasuredFrame>> {
  const { height, width, frames, transfer = "srgb" } = facts;
  const stored = readerOf(inputs, role);
  const read = remembering(async (time): Promise<DeliveredFrame> => {
    const bytes = deliveredBytes(await stored(time), transfer);
    return { frame: frameFromBytes(bytes, height, width), gray: grayLevels(bytes) };
  });
  const fourier = await loadFourier();
  const estimator = await openFlowEstimator({ height, width });
  return {
    async rowsAt(time) {
      const { frame, gray } = await read(time);
      const before = time === 0 ? undefined : await read(time - 1);
      const flow = before && describeFlow(estimator.flow(before.gray, gray));
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
        ...(time + 1 === frames && { temporal: await temporalSpectrum() }),
      }];
    },
    [Symbol.asyncDispose]: () => {
      estimator[Symbol.dispose]();
      return Promise.resolve();
    },
  };

  /** Looks at some pixels at a time, over all frames, so that a long video needs no more memory than a short one. */
  async function temporalSpectrum(): Promise<number[]> {
    const pixels = height * width;
    const atOnce = Math.max(2, Math.min(pixels, Math.floor(mostValues / frames)));
    const sums = new Array<number>(Math.floor(frames / 2)).fill(0);
    for (let first = 0; first < pixels; first += atOnce) {
      const count = Math.min(atOnce, pixels - first);
      const values = new Float32Array(frames * count);
      for (let time = 0; time < frames; time++) {
        const gray = grayValues((await read(time)).frame);
        values.set(gray.subarray(first, first + count), time * count);
      }
      temporalAmplitudeSums(fourier, values, frames).forEach((sum, i) => sums[i]! += sum);
    }
    return temporalAmplitudes(sums, frames, pixels);
  }
}
