/**
 * The tables of a comparison of features: one row per number.
 * @module
 */
import { histogramDistance } from "../../analysis/gray_levels.ts";
import { radialFrequencies, temporalFrequencies } from "../../analysis/spectra.ts";
import { csvText } from "../../formats/csv.ts";
import { rateValue } from "../../video/rate.ts";
import { commonFrames } from "./common_frames.ts";
import type { ComparedVideo } from "./conditions.ts";
import { type FrameFeature, frameFeatures, type MeasuredFrame } from "./measured_frame.ts";

/** A row of `table.csv`. */
export interface FeatureRow {
  /** Name of the instance. */
  readonly video: string;
  readonly frame: number;
  /** A feature of the frame, or how far its gray levels are from those of the reference's frame. */
  readonly feature: FrameFeature | "luminance_distance";
  readonly value: number;
}

/** A row of `spectra.csv`. */
export interface SpectrumRow {
  readonly video: string;
  readonly spectrum: "spatial" | "temporal";
  readonly frequency: number;
  readonly unit: "cycles/pixel" | "Hz";
  /** Amplitude, of the unitary transform of gray values from 0 to 1. */
  readonly value: number;
}

/** Measured frames by video, in order. */
export type FramesByVideo = ReadonlyMap<string, readonly MeasuredFrame[]>;

/** The rows of `table.csv`, by video, frame and feature. */
export function featureRows(videos: readonly ComparedVideo[], frames: FramesByVideo): readonly FeatureRow[] {
  return videos.flatMap((video) => {
    const distances = luminanceDistances(video, frames);
    return (frames.get(video.name) ?? []).flatMap(({ frame, features }): FeatureRow[] => {
      const row = (feature: FeatureRow["feature"], value: number | undefined): FeatureRow[] =>
        value === undefined ? [] : [{ video: video.name, frame, feature, value }];
      return [
        ...frameFeatures.flatMap((feature) => row(feature, features[feature])),
        ...row("luminance_distance", distances[frame]),
      ];
    });
  });
}

/** From each frame to the reference's frame of the same number; none for the reference, and between different frame rates. */
function luminanceDistances(
  { name, facts, reference }: ComparedVideo,
  frames: FramesByVideo,
): readonly number[] {
  if (reference === undefined || reference.name === name || reference.facts.fps !== facts.fps) return [];
  const others = frames.get(reference.name) ?? [];
  return (frames.get(name) ?? []).slice(0, others.length).map(({ levels }, i) => (
    histogramDistance(levels, others[i]!.levels)
  ));
}

/**
 * The rows of `spectra.csv`, by video, spectrum and frequency: of the frames that all videos have, for a longer clip has other
 * temporal frequencies, and more of its slow changes in each.
 */
export function spectrumRows(
  videos: readonly ComparedVideo[],
  frames: FramesByVideo,
): readonly SpectrumRow[] {
  const common = commonFrames(videos.map(({ facts }) => facts));
  return videos.flatMap(({ name: video, facts }) => {
    const measured = (frames.get(video) ?? []).slice(0, common);
    const spatial = meanSpectrum(measured);
    const temporal = measured.at(-1)?.temporal ?? [];
    const fps = rateValue(facts.fps);
    return [
      ...radialFrequencies(facts).map((frequency, i): SpectrumRow => (
        { video, spectrum: "spatial", frequency, unit: "cycles/pixel", value: spatial[i]! }
      )),
      ...temporalFrequencies(measured.length).map((frequency, i): SpectrumRow => (
        { video, spectrum: "temporal", frequency: frequency * fps, unit: "Hz", value: temporal[i]! }
      )),
    ];
  });
}

/** The mean over the frames. */
function meanSpectrum(frames: readonly MeasuredFrame[]): number[] {
  const rings = frames[0]?.radial.length ?? 0;
  return Array.from(
    { length: rings },
    (_, ring) => frames.reduce((sum, { radial }) => sum + radial[ring]!, 0) / frames.length,
  );
}

/** The text of `table.csv`. */
export function featureTable(rows: readonly FeatureRow[]): string {
  return csvText(["video", "frame", "feature", "value"], rows);
}

/** The text of `spectra.csv`. */
export function spectrumTable(rows: readonly SpectrumRow[]): string {
  return csvText(["video", "spectrum", "frequency", "unit", "value"], rows);
}
