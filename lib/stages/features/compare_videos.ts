/**
 * What the frames of a video come to, and how that differs from its reference.
 * @module
 */
import { circularCorrelation, meanDirection, turnBetween } from "../../analysis/circular.ts";
import {
  circularEarthMoversDistance,
  correlation,
  earthMoversDistance,
} from "../../analysis/compare_samples.ts";
import { describeSample, type Description } from "../../analysis/descriptive.ts";
import { histogramDistance, levelCount } from "../../analysis/gray_levels.ts";
import { spectralSlope } from "../../analysis/spectra.ts";
import type { ComparedVideo } from "./conditions.ts";
import { type FrameFeature, frameFeatures, isDirection, type MeasuredFrame } from "./measured_frame.ts";
import type { FramesByVideo, SpectrumRow } from "./tables.ts";

/** A feature over a video's frames; directions have a mean direction and its resultant length in place of a spread. */
export type FeatureDescription = Description | {
  readonly count: number;
  readonly mean: number;
  readonly resultant: number;
};

/** Slopes of the amplitude spectra, in log amplitude per log frequency; absent where there are too few frequencies. */
export interface Slopes {
  readonly spatial?: number;
  readonly temporal?: number;
}

/**
 * How a feature differs from the reference's, in its own unit: over the frames that both have, where they have the same frame rate,
 * else over all frames of each.
 */
export interface FeatureDifference {
  /** The reference's mean over these frames. */
  readonly reference_mean: number;
  /** The video's mean minus the reference's; of directions the turn from the reference's, the shorter way. */
  readonly mean_difference: number;
  /** Over time, frame by frame; absent where it says nothing: few frames, no change, other frame rates. */
  readonly correlation?: number;
  /** Between the values of all frames, whatever their order. */
  readonly earth_movers_distance: number;
}

/** How a video differs from its reference. */
export interface Differences {
  readonly features: Readonly<Partial<Record<FrameFeature, FeatureDifference>>>;
  /** Earth mover's distance between the gray levels of these frames, 0 to 1. */
  readonly luminance_distance: number;
  /** The video's slopes minus the reference's. */
  readonly slopes: Slopes;
}

/** What is told of a video. */
export interface VideoSummary {
  readonly video: string;
  /** Absent for videos of the reference. */
  readonly reference?: string;
  readonly frames: number;
  readonly height: number;
  readonly width: number;
  /** A rational: "25/1". */
  readonly fps: string;
  readonly features: Readonly<Partial<Record<FrameFeature, FeatureDescription>>>;
  readonly slopes: Slopes;
  readonly beside_reference?: Differences;
}

/** Describes one video, and compares it with its reference. */
export function summarizeVideo(
  { name, facts, reference }: ComparedVideo,
  frames: FramesByVideo,
  spectra: readonly SpectrumRow[],
): VideoSummary {
  const own = frames.get(name) ?? [];
  const slopes = slopesOf(name, spectra);
  const { height, width, fps } = facts;
  const summary = { video: name, frames: own.length, height, width, fps, features: describe(own), slopes };
  if (reference === undefined || reference.name === name) return summary;
  const other = frames.get(reference.name) ?? [];
  const isSameRate = reference.facts.fps === fps;
  const shared = isSameRate ? Math.min(own.length, other.length) : undefined;
  const [compared, against] = [own.slice(0, shared), other.slice(0, shared)];
  return {
    ...summary,
    reference: reference.name,
    beside_reference: {
      features: differencesOf(compared, against, isSameRate),
      luminance_distance: histogramDistance(allLevels(compared), allLevels(against)),
      slopes: slopeDifferences(slopes, slopesOf(reference.name, spectra)),
    },
  };
}

function describe(frames: readonly MeasuredFrame[]): VideoSummary["features"] {
  return byFeature((feature) => {
    const values = valuesOf(frames, feature);
    if (!isDirection(feature)) return describeSample(values);
    const { angle: mean, resultant } = meanDirection(values);
    return values.length === 0 ? undefined : { count: values.length, mean, resultant };
  });
}

function differencesOf(
  own: readonly MeasuredFrame[],
  other: readonly MeasuredFrame[],
  isSameRate: boolean,
): Differences["features"] {
  return byFeature((feature) => {
    const [values, others] = [valuesOf(own, feature), valuesOf(other, feature)];
    if (values.length === 0 || others.length === 0) return undefined;
    const isAngle = isDirection(feature);
    const correlate = isAngle ? circularCorrelation : correlation;
    const found = isSameRate ? correlate(values, others) : undefined;
    const distance = isAngle ? circularEarthMoversDistance : earthMoversDistance;
    const average = isAngle ? (angles: readonly number[]) => meanDirection(angles).angle : mean;
    const [ownMean, referenceMean] = [average(values), average(others)];
    return {
      reference_mean: referenceMean,
      mean_difference: isAngle ? turnBetween(referenceMean, ownMean) : ownMean - referenceMean,
      ...(found !== undefined && { correlation: found }),
      earth_movers_distance: distance(values, others),
    };
  });
}

function slopesOf(video: string, spectra: readonly SpectrumRow[]): Slopes {
  const slope = (wanted: SpectrumRow["spectrum"]) => {
    const rows = spectra.filter((row) => row.video === video && row.spectrum === wanted);
    return spectralSlope(rows.map(({ frequency }) => frequency), rows.map(({ value }) => value));
  };
  return definedOf({ spatial: slope("spatial"), temporal: slope("temporal") });
}

function slopeDifferences(own: Slopes, other: Slopes): Slopes {
  const difference = (a: number | undefined, b: number | undefined) =>
    a === undefined || b === undefined ? undefined : a - b;
  return definedOf({
    spatial: difference(own.spatial, other.spatial),
    temporal: difference(own.temporal, other.temporal),
  });
}

function allLevels(frames: readonly MeasuredFrame[]): number[] {
  return Array.from(
    { length: levelCount },
    (_, level) => frames.reduce((sum, { levels }) => sum + levels[level]!, 0),
  );
}

function valuesOf(frames: readonly MeasuredFrame[], feature: FrameFeature): number[] {
  return frames.flatMap(({ features }) => features[feature] ?? []);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function byFeature<Value>(
  of: (feature: FrameFeature) => Value | undefined,
): Partial<Record<FrameFeature, Value>> {
  return definedOf(Object.fromEntries(frameFeatures.map((feature) => [feature, of(feature)])));
}

/** Without what is undefined. */
function definedOf<Value>(values: Readonly<Record<string, Value | undefined>>): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) => value === undefined ? [] : [[key, value] as const]),
  );
}
