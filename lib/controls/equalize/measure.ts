/**
 * What an equalization knows of its clips: one row of numbers for each frame, so that measuring can stop and go on.
 * @module
 */
import { loadFourier } from "../../frames/fourier.ts";
import type { Frame } from "../../frames/frame.ts";
import { radiiOf } from "../../frames/radial_frequency.ts";
import { srgbFromLight, type Transfer } from "../../frames/transfer.ts";
import { averageSpectrum, meanSpectrum, type OverTime } from "./averages.ts";
import type { EqualizeChoices } from "./choices.ts";
import { type Moments, momentsOf } from "./contrast.ts";
import { countLevels, type LevelCounts, levels, levelsOf } from "./histogram.ts";
import { type Plane, planesOf } from "./planes.ts";
import { type RotationalSpectrum, rotationalSpectrum, spectrumFactors, withFactors } from "./spectrum.ts";

/** A clip that is read frame by frame. */
export interface ReadClip {
  readonly frames: number;
  readonly transfer: Transfer;
  /** True when its statistics count. */
  readonly counts: boolean;
  /** Height x width x 3, in [0, 1]. */
  frame(time: number): Promise<Frame>;
}

/** Rows of numbers, for the frames of all clips one after the other; of each plane in turn. */
export interface Measurements {
  /** Rotational spectra; none where they are not made equal. */
  readonly spectra: Float64Array[];
  /** Moments, or histograms, of what the changed spectra make of the frames. */
  readonly profiles: Float64Array[];
}

/** How many planes a frame has. */
export function planeCount({ channels }: Pick<EqualizeChoices, "channels">): number {
  return channels === "luminance" ? 1 : 3;
}

/**
 * Adds what is missing to the measurements.
 * @param goesOn asked before each frame, and told how many of how many were measured; false ends it early
 * @returns true when nothing is missing any more
 */
export async function measureClips(
  clips: readonly ReadClip[],
  choices: EqualizeChoices,
  { spectra, profiles }: Measurements,
  goesOn: (done: number, of: number) => Promise<boolean>,
): Promise<boolean> {
  const frames = clips.flatMap((clip) => Array.from({ length: clip.frames }, (_, time) => ({ clip, time })));
  const of = frames.length * (choices.spectrum === "rotational" ? 2 : 1);
  const mayGoOn = () => goesOn(spectra.length + profiles.length, of);
  if (choices.spectrum === "rotational") {
    const fourier = await loadFourier();
    for (const { clip, time } of frames.slice(spectra.length)) {
      if (!await mayGoOn()) return false;
      const planes = planesOf(await clip.frame(time), clip.transfer, choices);
      spectra.push(joined(planes.map((plane) => rotationalSpectrum(fourier, plane, radiiOf(plane)))));
    }
  }
  const change = await spectrumChange(clips, choices, spectra);
  for (const [index, { clip, time }] of frames.entries().drop(profiles.length)) {
    if (!await mayGoOn()) return false;
    const planes = change(index, planesOf(await clip.frame(time), clip.transfer, choices));
    profiles.push(joined(planes.map((plane) => profileOf(plane, choices))));
  }
  return true;
}

/** What gives the planes of a frame the spectra that are wanted; frames are counted over all clips. */
export async function spectrumChange(
  clips: readonly ReadClip[],
  choices: EqualizeChoices,
  spectra: readonly Float64Array[],
): Promise<(index: number, planes: readonly Plane[]) => readonly Plane[]> {
  if (choices.spectrum === "none") return (_, planes) => planes;
  const fourier = await loadFourier();
  const byClip = ofClips(clips, choices, spectra);
  const counting = byClip.filter((_, index) => clips[index]!.counts);
  const wanted = byPlane(choices, (plane) => averageSpectrum(counting.map((planes) => planes[plane]!)));
  const own: readonly RotationalSpectrum[][] = byClip.flatMap((planes) => {
    const means = choices.over === "clip" ? planes.map(meanSpectrum) : undefined;
    return planes[0]!.map((_, time) => means ?? planes.map((frames) => frames[time]!));
  });
  return (index, planes) =>
    planes.map((plane, p) =>
      withFactors(fourier, plane, spectrumFactors(own[index]![p]!, wanted[p]!), radiiOf(plane))
    );
}

function profileOf({ values }: Plane, choices: EqualizeChoices): Float64Array {
  if (choices.match === "histogram") return countLevels(levelsOf(values, codedBy(choices)));
  const { count, mean, contrast, least, most } = momentsOf(values);
  return Float64Array.of(count, mean, contrast, least, most);
}

/** The coded value of a plane's value. */
export function codedBy({ values }: Pick<EqualizeChoices, "values">): (value: number) => number {
  return values === "coded" ? (value) => value : srgbFromLight;
}

/** Moments of each clip's planes over time. */
export function momentsByClip(
  clips: readonly ReadClip[],
  choices: EqualizeChoices,
  { profiles }: Measurements,
): readonly (readonly OverTime<Moments>[])[] {
  return ofClips(clips, choices, profiles).map((planes) =>
    planes.map((frames) =>
      frames.map(([count = 0, mean = 0, contrast = 0, least = 0, most = 0]) => (
        { count, mean, contrast, least, most }
      ))
    )
  );
}

/** Histograms of each clip's planes over time. */
export function histogramsByClip(
  clips: readonly ReadClip[],
  choices: EqualizeChoices,
  { profiles }: Measurements,
): readonly (readonly OverTime<LevelCounts>[])[] {
  return ofClips(clips, choices, profiles);
}

/** How long a row is, where that is known before it is measured. */
export function profileLength(choices: EqualizeChoices): number {
  return planeCount(choices) * (choices.match === "histogram" ? levels : 5);
}

/** Something of each plane. */
export function byPlane<Value>(choices: EqualizeChoices, of: (plane: number) => Value): readonly Value[] {
  return Array.from({ length: planeCount(choices) }, (_, plane) => of(plane));
}

/** Rows by clip, plane and time. */
function ofClips(
  clips: readonly ReadClip[],
  choices: EqualizeChoices,
  rows: readonly Float64Array[],
): readonly (readonly OverTime<Float64Array>[])[] {
  let first = 0;
  return clips.map(({ frames }) => {
    const own = rows.slice(first, first + frames);
    first += frames;
    return byPlane(choices, (plane) =>
      own.map((row) => {
        const length = row.length / planeCount(choices);
        return row.subarray(plane * length, (plane + 1) * length);
      }));
  });
}

function joined(parts: readonly Float64Array[]): Float64Array {
  return Float64Array.from(parts.flatMap((part) => [...part]));
}
