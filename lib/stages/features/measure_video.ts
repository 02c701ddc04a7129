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
import type { ListedVideo } from "../video_list.ts";
import type { MeasuredFrame } from "./measured_frame.ts";

/** So many gray values, and no more, are transformed at a time: 160 MiB with their transform. */
const transformedAtOnce = 2 ** 23;

/** So many, and no more, are held, 512 MiB: a video that has more is read several times. */
const heldAtOnce = 2 ** 27;

/** Frames between two words about how far that is. */
const toldEvery = 50;

/** A frame as a playable file holds it: coded, in 8 bits. */
interface DeliveredFrame {
  readonly frame: Frame;
  /** 8 bits. */
  readonly gray: Uint8Array;
}

/** Opens it, and with it OpenCV. */
export async function openVideo(
  { role, name, facts }: ListedVideo,
  { inputs, emit, stopRequested }: Pick<StageContext, "inputs" | "emit" | "stopRequested">,
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
      const temporal = time + 1 === frames ? await temporalSpectrum() : undefined;
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

  /** Looks at some pixels at a time, over all frames, so that a long video needs no more memory than a short one. */
  async function temporalSpectrum(): Promise<number[] | "stopped"> {
    const pixels = height * width;
    const atOnce = Math.max(2, Math.min(pixels, Math.floor(transformedAtOnce / frames)));
    const held = atOnce * Math.max(1, Math.floor(heldAtOnce / (frames * atOnce)));
    const passes = Math.ceil(pixels / held);
    const sums = new Array<number>(Math.floor(frames / 2)).fill(0);
    for (let pass = 0; pass < passes; pass++) {
      const first = pass * held;
      const values: Float32Array[] = [];
      for (let time = 0; time < frames; time++) {
        if (stopRequested()) return "stopped";
        const gray = grayValues((await read(time)).frame);
        values.push(gray.slice(first, first + held));
        tell(pass * frames + time + 1, passes * frames);
      }
      for (let start = 0; start < values[0]!.length; start += atOnce) {
        if (stopRequested()) return "stopped";
        const parts = values.map((gray) => gray.subarray(start, start + atOnce));
        const together = new Float32Array(frames * parts[0]!.length);
        parts.forEach((part, time) => together.set(part, time * part.length));
        temporalAmplitudeSums(fourier, together, frames).forEach((sum, i) => sums[i]! += sum);
      }
    }
    return temporalAmplitudes(sums, frames, pixels);
  }

  function tell(done: number, of: number): void {
    if (done % toldEvery !== 0) return;
    emit({ type: "preparing", text: `reading ${name} again for its temporal spectrum: frames`, done, of });
  }
}
