/**
 * Whether frames match their target: their residuals beside those of frames that are no match, and beside those of the
 * target's own neighbors.
 * @module
 */
import { describeSample, type Description, quantile } from "./descriptive.ts";

/** `undecided` where nothing that was compared could tell a match from none. */
export type Verdict = "pass" | "fail" | "undecided";

/** A residual at a frame. */
export interface FrameResidual {
  readonly frame: number;
  readonly value: number;
}

/** The residuals of one layer. */
export interface LayerResiduals {
  /** Of the frames that are judged. */
  readonly residuals: readonly FrameResidual[];
  /** Of each target frame's successor: what another sample of the same statistics could reach. */
  readonly ceiling: readonly FrameResidual[];
  /** Of frames that are no match, by where they come from; there may be several at a frame. */
  readonly nulls: ReadonlyMap<string, readonly FrameResidual[]>;
}

/** What is known of one source of the null distribution. */
export interface NullJudgment extends Description {
  /** Of its residuals. */
  readonly quantile: number;
  /** How many of its residuals, as a share, are no larger than that of the judged frame at the same time. */
  readonly below_frames: number;
  /** The same of the target's successor; absent when the target had one frame. */
  readonly below_ceiling: number | undefined;
  /** True when the judged frames are nearer to the target than nearly all of the source. */
  readonly nearer: boolean;
  /** False when neither the frames nor the target's neighbors are nearer: the source can't tell a match from none. */
  readonly tells: boolean;
}

/** A layer's verdict and what it rests on. */
export interface LayerJudgment {
  readonly verdict: Verdict;
  /** Absent when there was no frame. */
  readonly residual: Description | undefined;
  /** Absent when the target had one frame. */
  readonly ceiling: Description | undefined;
  readonly nulls: Readonly<Record<string, NullJudgment>>;
}

/**
 * Judges a layer. Frames are nearer to the target than a source of the null when less than `share` of the source's
 * residuals are no larger than theirs at the same time. A layer fails when its frames are not nearer than a source although
 * the target's neighbors are. Else it passes when they are nearer than some source, and is undecided when they are nearer
 * than none: then no source can tell another sample of the target's statistics from what is no match.
 */
export function judgeLayer({ residuals, ceiling, nulls }: LayerResiduals, share: number): LayerJudgment {
  const judged = [...nulls].flatMap(([source, values]): [string, NullJudgment][] => {
    const description = describeSample(valuesOf(values));
    const frames = shareBelow(values, residuals);
    if (description === undefined || frames === undefined) return [];
    const neighbors = shareBelow(values, ceiling);
    const nearer = frames < share;
    const tells = nearer || (neighbors ?? 0) < share;
    const limit = quantile(valuesOf(values), share);
    const shares = { below_frames: frames, below_ceiling: neighbors };
    return [[source, { ...description, quantile: limit, ...shares, nearer, tells }]];
  });
  const telling = judged.filter(([, { tells }]) => tells);
  const isNearer = telling.every(([, { nearer }]) => nearer);
  return {
    verdict: telling.length === 0 ? "undecided" : isNearer ? "pass" : "fail",
    residual: describeSample(valuesOf(residuals)),
    ceiling: describeSample(valuesOf(ceiling)),
    nulls: Object.fromEntries(judged),
  };
}

/** Of null residuals at frames that have a residual of their own, how many are no larger; undefined when there is none. */
function shareBelow(nulls: readonly FrameResidual[], own: readonly FrameResidual[]): number | undefined {
  const ownAt = new Map(own.map(({ frame, value }) => [frame, value]));
  const compared = nulls.flatMap(({ frame, value }) => {
    const residual = ownAt.get(frame);
    return residual === undefined ? [] : [value <= residual];
  });
  if (compared.length === 0) return undefined;
  return compared.filter((isBelow) => isBelow).length / compared.length;
}

function valuesOf(residuals: readonly FrameResidual[]): number[] {
  return residuals.map(({ value }) => value);
}

/** A term's verdict from those of its layers: undecided layers say nothing where another one decides. */
export function judgeTerm(layers: readonly Verdict[]): Verdict {
  if (layers.includes("fail")) return "fail";
  return layers.includes("pass") ? "pass" : "undecided";
}

/** The verdict on frames from those of all terms, each of which must pass. */
export function judgeTogether(terms: readonly Verdict[]): Verdict {
  if (terms.includes("fail")) return "fail";
  return terms.length > 0 && terms.every((verdict) => verdict === "pass") ? "pass" : "undecided";
}
