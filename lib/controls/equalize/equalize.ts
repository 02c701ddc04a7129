/**
 * Clips that are given the statistics that several have on average, after the SHINE toolbox for images (Willenbockel et al.,
 * Behavior Research Methods 42, 2010).
 * @module
 */
import type { Frame } from "../../frames/frame.ts";
import { lightFromSrgb } from "../../frames/transfer.ts";
import { averageHistogram, averageMoments } from "./averages.ts";
import type { EqualizeChoices } from "./choices.ts";
import {
  addValues,
  clips as isClipped,
  type Distribution,
  emptyDistribution,
  leastContrast,
  linearFor,
  type Moments,
  solveClipped,
  type Solved,
  togetherOf,
} from "./contrast.ts";
import { assignLevels, type LevelCounts, levels, levelsOf, levelSplits } from "./histogram.ts";
import {
  byPlane,
  codedBy,
  histogramsByClip,
  measureClips,
  type Measurements,
  momentsByClip,
  type ReadClip,
  spectrumChange,
} from "./measure.ts";
import { tieBreak } from "./pixel_order.ts";
import { type Plane, planesOf, type Unfit, withPlanes } from "./planes.ts";

/** A frame that was made equal, and what could not be done. */
export interface EqualizedFrame {
  readonly frame: Frame;
  readonly unfit: Unfit;
  /** It has no contrast, and could be given none. */
  readonly flat: boolean;
  /** The contrast that was wanted and the most that it could be given, where that is less. */
  readonly short?: { readonly wanted: number; readonly given: number };
}

/** Makes the frames of one of the clips. */
export type Equalizer = (time: number) => Promise<EqualizedFrame>;

/** What becomes of the planes of a frame. */
type ChangePlanes = (
  time: number,
  planes: readonly Plane[],
) => Pick<EqualizedFrame, "flat" | "short"> & { readonly planes: readonly Plane[] };

/**
 * The equalizer of one of the clips.
 * @param own its place among the clips
 * @param measured complete
 */
export async function openEqualizer(
  clips: readonly ReadClip[],
  own: number,
  choices: EqualizeChoices,
  measured: Measurements,
): Promise<Equalizer> {
  const clip = clips[own];
  if (clip === undefined) throw new Error(`there is no clip ${own}`);
  const first = clips.slice(0, own).reduce((sum, { frames }) => sum + frames, 0);
  const change = await spectrumChange(clips, choices, measured.spectra);
  const planesAt = (frame: Frame, time: number) =>
    change(first + time, planesOf(frame, clip.transfer, choices));
  const changed: ChangePlanes = choices.match === "histogram"
    ? histogramChange(clips, own, choices, measured)
    : await luminanceChange(
      clips,
      own,
      choices,
      measured,
      async (time) => planesAt(await clip.frame(time), time),
    );
  return async (time) => {
    const frame = await clip.frame(time);
    const { planes, ...told } = changed(time, planesAt(frame, time));
    return { ...withPlanes(frame, planes, clip.transfer, choices), ...told };
  };
}

async function luminanceChange(
  clips: readonly ReadClip[],
  own: number,
  choices: EqualizeChoices,
  measured: Measurements,
  planesAt: (time: number) => Promise<readonly Plane[]>,
): Promise<ChangePlanes> {
  const byClip = momentsByClip(clips, choices, measured);
  const counting = byClip.filter((_, index) => clips[index]!.counts);
  const wanted = byPlane(choices, (plane) => {
    const { mean, contrast } = averageMoments(counting.map((planes) => planes[plane]!), choices.over);
    return { mean: choices.mean ?? mean, contrast: choices.contrast ?? contrast };
  });
  const whole = choices.over === "clip" ? byClip[own]!.map(togetherOf) : undefined;
  const solvedWhole = whole && await solveWhole(whole, wanted, clips[own]!.frames, planesAt);
  return (time, planes) => {
    const moments = whole ?? byClip[own]!.map((frames) => frames[time]!);
    const solved = solvedWhole ??
      planes.map(({ values }, plane) =>
        solve(moments[plane]!, wanted[plane]!, () => {
          const distribution = emptyDistribution(moments[plane]!);
          addValues(distribution, values);
          return distribution;
        })
      );
    const short = solved.flatMap(({ contrast: given }, plane) => {
      const { contrast } = wanted[plane]!;
      return isFlat(moments[plane]!) || contrast - given < visible ? [] : [{ wanted: contrast, given }];
    });
    return {
      planes: planes.map((plane, index) => {
        const { factor, offset } = solved[index]!;
        return { ...plane, values: plane.values.map((value) => factor * value + offset) };
      }),
      flat: moments.every(isFlat),
      ...(short[0] && { short: short[0] }),
    };
  };
}

/** Contrasts that differ by less are the same in 8 bits. */
const visible = 0.5 / 255;

function isFlat({ contrast }: Moments): boolean {
  return contrast < leastContrast;
}

/** The change without clipping where that is possible, else the one that holds after clipping. */
function solve(
  moments: Moments,
  wanted: { readonly mean: number; readonly contrast: number },
  distribution: () => Distribution,
): Solved {
  const contrast = isFlat(moments) ? moments.contrast : wanted.contrast;
  const linear = linearFor(moments, wanted);
  return isClipped(linear, moments)
    ? solveClipped(distribution(), { mean: wanted.mean, contrast })
    : { ...linear, contrast };
}

/** The change of a clip as a whole. Its frames are read once more where some of their values have to be clipped. */
async function solveWhole(
  moments: readonly Moments[],
  wanted: readonly { readonly mean: number; readonly contrast: number }[],
  frames: number,
  planesAt: (time: number) => Promise<readonly Plane[]>,
): Promise<readonly Solved[]> {
  const distributions = moments.map(emptyDistribution);
  if (moments.some((plane, index) => isClipped(linearFor(plane, wanted[index]!), plane))) {
    for (let time = 0; time < frames; time++) {
      (await planesAt(time)).forEach(({ values }, index) => addValues(distributions[index]!, values));
    }
  }
  return moments.map((plane, index) => solve(plane, wanted[index]!, () => distributions[index]!));
}

function histogramChange(
  clips: readonly ReadClip[],
  own: number,
  choices: EqualizeChoices,
  measured: Measurements,
): ChangePlanes {
  const byClip = histogramsByClip(clips, choices, measured);
  const counting = byClip.filter((_, index) => clips[index]!.counts);
  const coded = codedBy(choices);
  const valueOf = Float64Array.from(
    { length: levels },
    (_, level) => choices.values === "coded" ? level / (levels - 1) : lightFromSrgb(level / (levels - 1)),
  );
  const splitsOf = byPlane(choices, (plane) => {
    const frames: readonly LevelCounts[] = byClip[own]![plane]!;
    const wanted = averageHistogram(counting.map((planes) => planes[plane]!));
    const splits = choices.over === "clip"
      ? levelSplits(frames, wanted)
      : (time: number) => levelSplits([frames[time]!], wanted)(0);
    return splits;
  });
  let ties: Float32Array | undefined;
  return (time, planes) => {
    ties ??= tieBreak(planes[0]!.values.length, choices.seed);
    const order = ties;
    return {
      planes: planes.map((plane, index) => {
        const found = levelsOf(plane.values, coded);
        const assigned = assignLevels(plane, found, splitsOf[index]!(time), order);
        return { ...plane, values: Float64Array.from(assigned, (level) => valueOf[level]!) };
      }),
      flat: false,
    };
  };
}

/**
 * Clips that all have the same statistics: those that they have on average.
 * Throws an Error when a clip has no frames, or when spectra of frames of several sizes are to be made equal.
 */
export async function equalizeClips(
  clips: readonly (readonly Frame[])[],
  choices: Partial<EqualizeChoices> = {},
): Promise<Frame[][]> {
  const complete: EqualizeChoices = {
    match: "luminance",
    spectrum: "none",
    over: "clip",
    values: "coded",
    channels: "luminance",
    seed: 1,
    ...choices,
  };
  if (clips.some((frames) => frames.length === 0)) throw new Error("a clip without frames");
  const sizes = new Set(clips.flat().map(({ height, width }) => `${height} x ${width}`));
  if (complete.spectrum === "rotational" && sizes.size > 1) {
    throw new Error(`spectra of frames of several sizes: ${[...sizes].join(", ")}`);
  }
  const read = clips.map((frames): ReadClip => ({
    frames: frames.length,
    transfer: "srgb",
    counts: true,
    frame: (time) => Promise.resolve(frames[time]!),
  }));
  const measured: Measurements = { spectra: [], profiles: [] };
  await measureClips(read, complete, measured, () => Promise.resolve(true));
  return await Promise.all(clips.map(async (frames, own) => {
    const equalize = await openEqualizer(read, own, complete, measured);
    const made: Frame[] = [];
    for (const time of frames.keys()) made.push((await equalize(time)).frame);
    return made;
  }));
}
