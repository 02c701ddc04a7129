/**
 * What the videos of a condition come to together: means over clips, with bootstrap intervals.
 * @module
 */
import { bootstrapMean, type BootstrapSettings, type MeanInterval } from "../../analysis/bootstrap.ts";
import { meanDirection, positiveAngle, turnBetween } from "../../analysis/circular.ts";
import type { FeatureDifference, VideoSummary } from "./compare_videos.ts";
import type { Condition } from "./conditions.ts";
import { type FrameFeature, frameFeatures, isDirection } from "./measured_frame.ts";

/** A feature over the clips of a condition. Undefined where no video has such a number, as no video of the reference has. */
export interface FeatureIntervals {
  /** Of the means over frames. */
  readonly mean: MeanInterval;
  /** The reference's, of the frames that are compared. */
  readonly reference_mean: MeanInterval | undefined;
  readonly mean_difference: MeanInterval | undefined;
  readonly correlation: MeanInterval | undefined;
  readonly earth_movers_distance: MeanInterval | undefined;
}

/** What is told of a condition. */
export interface ConditionSummary {
  readonly condition: string;
  readonly videos: readonly string[];
  /** What the intervals are over: the reference's clips, each the mean of its versions; else the versions of the one clip. */
  readonly over: "clips" | "versions";
  readonly features: Readonly<Partial<Record<FrameFeature, FeatureIntervals>>>;
  readonly luminance_distance: MeanInterval | undefined;
  readonly slopes: {
    readonly spatial: MeanInterval | undefined;
    readonly temporal: MeanInterval | undefined;
  };
}

type NumberOf = (video: VideoSummary) => number | undefined;

/** Describes one condition. */
export function summarizeCondition(
  { name, videos }: Condition,
  summaries: ReadonlyMap<string, VideoSummary>,
  bootstrap: BootstrapSettings,
): ConditionSummary {
  const own = videos.flatMap(({ name }) => summaries.get(name) ?? []);
  const clips = Map.groupBy(own, ({ video, reference = video }) => reference);
  const over = clips.size > 1 ? "clips" : "versions";
  const units = over === "clips" ? [...clips.values()] : own.map((version) => [version]);
  const inUnits = (of: NumberOf, average: (values: readonly number[]) => number) =>
    units.map((versions) => versions.flatMap((video) => of(video) ?? [])).flatMap((values) =>
      values.length === 0 ? [] : [average(values)]
    );

  const interval = (of: NumberOf) => bootstrapMean(inUnits(of, mean), bootstrap);
  const directionInterval = (of: NumberOf, asAngle: (angle: number) => number) =>
    angleInterval(inUnits(of, meanAngle), bootstrap, asAngle);
  const features = frameFeatures.flatMap((feature): [FrameFeature, FeatureIntervals][] => {
    const difference = (measure: keyof FeatureDifference): NumberOf => ({ beside_reference: beside }) =>
      beside?.features[feature]?.[measure];
    const meanOf: NumberOf = ({ features }) => features[feature]?.mean;
    const isAngle = isDirection(feature);
    const found = isAngle ? directionInterval(meanOf, positiveAngle) : interval(meanOf);
    if (found === undefined) return [];
    return [[feature, {
      mean: found,
      reference_mean: isAngle
        ? directionInterval(difference("reference_mean"), positiveAngle)
        : interval(difference("reference_mean")),
      mean_difference: isAngle
        ? directionInterval(difference("mean_difference"), (angle) => turnBetween(0, angle))
        : interval(difference("mean_difference")),
      correlation: interval(difference("correlation")),
      earth_movers_distance: interval(difference("earth_movers_distance")),
    }]];
  });
  return {
    condition: name,
    videos: own.map(({ video }) => video),
    over,
    features: Object.fromEntries(features),
    luminance_distance: interval(({ beside_reference: beside }) => beside?.luminance_distance),
    slopes: {
      spatial: interval(({ slopes }) => slopes.spatial),
      temporal: interval(({ slopes }) => slopes.temporal),
    },
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function meanAngle(angles: readonly number[]): number {
  return meanDirection(angles).angle;
}

/**
 * The mean direction, and the interval of the deviations from it around it.
 * @param asAngle brings the mean into the range that such angles have
 */
function angleInterval(
  angles: readonly number[],
  bootstrap: BootstrapSettings,
  asAngle: (angle: number) => number,
): MeanInterval | undefined {
  const middle = asAngle(meanAngle(angles));
  const around = bootstrapMean(angles.map((angle) => turnBetween(middle, angle)), bootstrap);
  if (around === undefined) return undefined;
  const { count, low, high } = around;
  return {
    count,
    mean: middle,
    ...(low !== undefined && high !== undefined && { low: middle + low, high: middle + high }),
  };
}
