/**
 * What several clips have on average: each counts as much as any other, and of each every frame.
 * @module
 */
import { leastContrast, type Moments, togetherOf } from "./contrast.ts";
import { type LevelCounts, meanHistogram } from "./histogram.ts";
import { leastAmplitude, type RotationalSpectrum } from "./spectrum.ts";

/** Of one plane of a clip, by time. */
export type OverTime<Value> = readonly Value[];

/**
 * The mean, and the contrast of what has any: what is flat can be given none, and takes none away. 0 where all is flat.
 * @param over whether contrast is that of a clip as a whole, changes over time included, or the mean of its frames'
 */
export function averageMoments(
  clips: readonly OverTime<Moments>[],
  over: "clip" | "frame",
): { readonly mean: number; readonly contrast: number } {
  const units = clips.map((frames) => over === "clip" ? [togetherOf(frames)] : frames);
  const contrasts = units.map((unit) =>
    unit.map(({ contrast }) => contrast).filter((c) => c >= leastContrast)
  )
    .filter((found) => found.length > 0);
  return {
    mean: averageOf(units.map((unit) => averageOf(unit.map(({ mean }) => mean)))),
    contrast: contrasts.length === 0 ? 0 : averageOf(contrasts.map(averageOf)),
  };
}

/** Shares of pixels by level. */
export function averageHistogram(clips: readonly OverTime<LevelCounts>[]): Float64Array {
  return meanHistogram(
    clips.map((frames) => frames.reduce((sum, counts) => sum.map((n, i) => n + counts[i]!))),
  );
}

/** Mean amplitudes by radius, of the clips that have any there. */
export function averageSpectrum(clips: readonly OverTime<RotationalSpectrum>[]): RotationalSpectrum {
  const ofClips = clips.map(meanSpectrum);
  return ofClips[0]!.map((_, radius) => {
    const found = ofClips.map((spectrum) => spectrum[radius]!).filter((amplitude) =>
      amplitude >= leastAmplitude
    );
    return found.length === 0 ? 0 : averageOf(found);
  });
}

/** Mean amplitudes of a clip's frames. */
export function meanSpectrum(frames: OverTime<RotationalSpectrum>): RotationalSpectrum {
  return frames[0]!.map((_, radius) => averageOf(frames.map((spectrum) => spectrum[radius]!)));
}

function averageOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
