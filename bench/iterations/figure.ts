/**
 * What was measured of one workload.
 * @module
 */
import type { Size } from "../../lib/frames/frame.ts";
import { median, powerLawExponent } from "../statistics.ts";
import type { Readiness } from "./contestant.ts";
import type { Stream } from "./workload.ts";

/** Who computes: our engine as it is by default, the same with direct convolutions, or the baseline in TensorFlow. */
export type Setting = "ours" | "direct" | "baseline";

/** One row of the table. */
export interface Figure extends Readiness {
  readonly size: Size;
  readonly stream: Stream;
  readonly setting: Setting;
  /** Of each iteration that counts. */
  readonly seconds: readonly number[];
  /** What an iteration computes by direct convolution. */
  readonly gigaflop: number;
  /** The most GFLOP/s that the engine reached in the same rounds with a large product of matrices. */
  readonly peak: number;
  readonly peakBytes: number;
}

/** Median seconds of an iteration. */
export function secondsOf({ seconds }: Figure): number {
  return median(seconds);
}

/** Nominal GFLOP/s. */
export function speedOf(figure: Figure): number {
  return figure.gigaflop / secondsOf(figure);
}

/**
 * How many times as long as ours it takes, at the same size and stream: the median over rounds, within each of which a spell
 * of a busy machine falls on both.
 */
export function timesOurs(figure: Figure, figures: readonly Figure[]): number {
  const ours = figures.find(({ size, stream, setting }) =>
    setting === "ours" && size === figure.size && stream === figure.stream
  );
  return median(figure.seconds.map((seconds, round) => seconds / (ours?.seconds[round] ?? NaN)));
}

/** Below it an iteration is so short that what each operation costs whatever the size weighs in. */
const smallestArea = 160 * 284;

/** How ours grows with the number of pixels: 1 is in proportion. NaN where it was timed at fewer than two sizes from 160x284 on. */
export function exponentOf(stream: Stream, figures: readonly Figure[]): number {
  const ours = figures.filter((figure) => figure.stream === stream && figure.setting === "ours");
  const points = ours.map((figure) => ({ x: areaOf(figure.size), y: secondsOf(figure) }));
  return powerLawExponent(points.filter(({ x }) => x >= smallestArea));
}

/** Pixels of a frame. */
export function areaOf({ height, width }: Size): number {
  return height * width;
}

/** As arguments have it. */
export function sizeText({ height, width }: Size): string {
  return `${height}x${width}`;
}
