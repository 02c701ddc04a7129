/**
 * What a match tells of whole frames beside their statistics: luminance, contrast, drift and flicker, of the judged frames and
 * of each target.
 * @module
 */
import { describeSample, slope } from "../../analysis/descriptive.ts";
import { judged, type Row } from "./rows.ts";

/** Numbers by whose they are: `frames`, or a target's name. */
type ByClip = Readonly<Record<string, number>>;

/** Means over the frames; drift is the slope of the mean luminance per frame. */
export interface WholeFrames {
  readonly luminance: ByClip;
  readonly contrast: ByClip;
  readonly drift: ByClip;
  readonly flicker: ByClip;
}

/** From the rows of one instance. */
export function wholeFrames(rows: readonly Row[]): WholeFrames {
  const by = (wanted: Row["measure"], told: (values: readonly number[]) => number): ByClip => {
    const found = Map.groupBy(rows.filter(({ measure }) => measure === wanted), ({ of }) => of);
    return Object.fromEntries(
      Array.from(found, ([of, rows]) => [of, told(rows.map(({ value }) => value))]),
    );
  };
  return {
    luminance: by("luminance", mean),
    contrast: by("contrast", mean),
    drift: by("luminance", slope),
    flicker: by("flicker", mean),
  };
}

function mean(values: readonly number[]): number {
  return describeSample(values)?.mean ?? 0;
}

/** Differences that are seen at once: of the mean luminance, and of the contrast as a share of the target's. */
const seen = { luminance: 0.02, contrast: 0.1 };

/** Contrasts that differ by less are all but equal, however small they are: a gray level of 8 bits is 0.004. */
const leastContrast = 0.004;

/**
 * "contrast 0.18, target 0.26", where the frames differ from all of their targets by more than is named in `seen`; of
 * several targets the nearest is told.
 */
export function visibleDifferences({ luminance, contrast }: WholeFrames): readonly string[] {
  return [
    ...difference("luminance", luminance, () => seen.luminance),
    ...difference("contrast", contrast, (target) => Math.max(leastContrast, seen.contrast * target)),
  ];
}

function difference(
  measure: string,
  { [judged]: found, ...targets }: ByClip,
  most: (target: number) => number,
): readonly string[] {
  if (found === undefined) return [];
  const [nearest] = Object.values(targets).sort((a, b) => Math.abs(a - found) - Math.abs(b - found));
  if (nearest === undefined || Math.abs(nearest - found) <= most(nearest)) return [];
  const which = Object.keys(targets).length === 1 ? "target" : "nearest target";
  return [`${measure} ${inShort(found)}, ${which} ${inShort(nearest)}`];
}

function inShort(value: number): number {
  return Number(value.toPrecision(2));
}
