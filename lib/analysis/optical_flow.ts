/**
 * Optical flow between two frames, by polynomial expansion (Farneback, Two-frame motion estimation based on polynomial expansion,
 * SCIA 2003), as OpenCV computes it. OpenCV is loaded when the first estimator is opened.
 * @module
 */
import type { Size } from "../frames/frame.ts";
import { loadOpenCv } from "../frames/opencv.ts";
import { positiveAngle } from "./circular.ts";

/** Farneback's settings, those of Greco & Siegel (2025): OpenCV's parameters by name. */
const farneback = {
  pyrScale: 0.5,
  levels: 5,
  winSize: 13,
  iterations: 10,
  polyN: 5,
  polySigma: 1.1,
  flags: 0,
};

/** Estimates flow between frames of one size. Dispose of it: its memory is OpenCV's. */
export interface FlowEstimator extends Disposable {
  /**
   * How far each pixel of the previous frame moves until the current one.
   * @param previous 8-bit gray, height x width
   * @param current the same of the next frame
   * @returns height x width x 2, in pixels to the right and down
   */
  flow(previous: Uint8Array, current: Uint8Array): Float32Array;
}

/** Opens an estimator for frames of this size. */
export async function openFlowEstimator({ height, width }: Size): Promise<FlowEstimator> {
  const { cv } = await loadOpenCv();
  const [before, now, flow] = [0, 0].map(() => new cv.Mat(height, width, cv.CV_8UC1)).concat(new cv.Mat());
  if (before === undefined || now === undefined || flow === undefined) {
    throw new Error("three matrices were made");
  }
  return {
    flow(previous, current) {
      before.data.set(previous);
      now.data.set(current);
      const { pyrScale, levels, winSize, iterations, polyN, polySigma, flags } = farneback;
      cv.calcOpticalFlowFarneback(
        before,
        now,
        flow,
        pyrScale,
        levels,
        winSize,
        iterations,
        polyN,
        polySigma,
        flags,
      );
      return Float32Array.from(flow.data32F);
    },
    [Symbol.dispose]() {
      for (const matrix of [before, now, flow]) matrix.delete();
    },
  };
}

/** What is told of a flow field. */
export interface FlowDescription {
  /** Mean length over the pixels, in pixels per frame. */
  readonly magnitude: number;
  /**
   * Arithmetic mean over the pixels of the direction in [0, 2 pi), in radians, 0 to the right and pi / 2 down: the paper's. It
   * depends on where the circle is cut open; a pixel that does not move counts as 0.
   */
  readonly angle: number;
  /** Direction of the mean over the pixels of exp(i direction), in [0, 2 pi). */
  readonly circularAngle: number;
  /** Length of that mean: 1 where all pixels move in one direction, near 0 where they move in all. */
  readonly resultant: number;
}

/** Describes a flow field, height x width x 2, to the right and down. Sums in float64. */
export function describeFlow(flow: Float32Array): FlowDescription {
  const pixels = flow.length / 2;
  let [lengths, angles, cosines, sines] = [0, 0, 0, 0];
  for (let pixel = 0; pixel < pixels; pixel++) {
    // A 0 added makes -0 of a pixel at rest 0, whose direction is 0 and not pi.
    const [right, down] = [flow[2 * pixel]! + 0, flow[2 * pixel + 1]! + 0];
    const length = Math.hypot(right, down);
    lengths += length;
    angles += positiveAngle(Math.atan2(down, right));
    cosines += length === 0 ? 1 : right / length;
    sines += length === 0 ? 0 : down / length;
  }
  return {
    magnitude: lengths / pixels,
    angle: angles / pixels,
    circularAngle: positiveAngle(Math.atan2(sines, cosines)),
    resultant: Math.hypot(cosines, sines) / pixels,
  };
}
