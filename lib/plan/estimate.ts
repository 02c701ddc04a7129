/**
 * How long work will take, before any of it ran.
 * @module
 */
import { rateOf, type Rates } from "./rates.ts";
import type { Work } from "./stage_kind.ts";

/** What an earlier run has measured. */
export interface Measurement {
  /** What was evaluated together. */
  readonly parts: readonly string[];
  /** Of the frame, in pixels. */
  readonly height: number;
  readonly width: number;
  /** Of one evaluation. */
  readonly seconds: number;
}

/** What is known of a machine's speed. */
export interface Speeds {
  readonly rates: Rates;
  readonly measured: readonly Measurement[];
}

type Batch = Pick<Work, "height" | "width" | "parts">;

/** Nothing is known of this machine. */
export const unknownSpeeds: Speeds = { rates: {}, measured: [] };

/**
 * Seconds of one evaluation. A measurement of the same parts counts most; between sizes that were measured, and beyond
 * them, times follow the rates.
 */
export function secondsEach(batch: Batch, { rates, measured }: Speeds): number {
  const points = measured.filter((known) => haveSameParts(known, batch))
    .map((known) => ({ pixels: pixelsOf(known), ratio: known.seconds / byRates(known, rates) }))
    .sort((a, b) => a.pixels - b.pixels);
  return byRates(batch, rates) * ratioAt(pixelsOf(batch), points);
}

/** True when a run has measured these parts together, be it at another size. */
export function isMeasured(batch: Batch, measured: readonly Measurement[]): boolean {
  return measured.some((known) => haveSameParts(known, batch));
}

/** Seconds for the work, or for what of it is left after so many finished output frames. */
export function estimateSeconds(work: readonly Work[], speeds: Speeds, finishedFrames = 0): number {
  return work.reduce(
    (sum, batch) => sum + evaluationsLeft(batch, finishedFrames) * secondsEach(batch, speeds),
    0,
  );
}

/** True when it may take less than estimated, because rules may end octaves early. */
export function isMost(work: readonly Work[]): boolean {
  return work.some(({ frames }) => frames?.mayEndEarly === true);
}

/** Evaluations, those beside the iterations included. */
function evaluationsLeft({ iterations, frames }: Work, finishedFrames: number): number {
  if (frames === undefined) return iterations;
  const { first, beside = 0 } = frames;
  const finished = finishedFrames === 0 ? 0 : Math.max(0, finishedFrames - first);
  return frames.iterations.slice(finished).reduce(
    (sum, count) => count === 0 ? sum : sum + count + beside,
    0,
  );
}

function byRates({ height, width, parts }: Batch, rates: Rates): number {
  const megapixels = height * width / 1e6;
  return parts.reduce((sum, part) => {
    const { fixed, perMegapixel } = rateOf(part, rates);
    return sum + fixed + perMegapixel * megapixels;
  }, 0);
}

interface Point {
  readonly pixels: number;
  readonly ratio: number;
}

/** How much slower than the rates a machine is at a size: linear in the logarithm of the pixels, constant outside. */
function ratioAt(pixels: number, points: readonly Point[]): number {
  const below = points.findLast((point) => point.pixels <= pixels);
  const above = points.find((point) => point.pixels > pixels);
  if (below === undefined || above === undefined) return (below ?? above)?.ratio ?? 1;
  const share = Math.log(pixels / below.pixels) / Math.log(above.pixels / below.pixels);
  return below.ratio + share * (above.ratio - below.ratio);
}

function haveSameParts(one: Batch, other: Batch): boolean {
  return one.parts.length === other.parts.length && one.parts.every((part) => other.parts.includes(part));
}

function pixelsOf({ height, width }: Batch): number {
  return height * width;
}
