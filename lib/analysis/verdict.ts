/**
 * Whether frames match their target: their residuals beside those of frames that are no match, and beside those of the
 * target's own neighbors.
 * @module
 */
import { describeSample, type Description, quantile } from "./descriptive.ts";

/** `undecided` where nothing that was compared could tell a match from none. */
export type Verdict = "pass" | "fail" | "undecided";

/** The residuals of one layer over all frames. */
export interface LayerResiduals {
  /** Of the frames that are judged. */
  readonly residuals: readonly number[];
  /** Of each target frame's successor: what another sample of the same statistics could reach. */
  readonly ceiling: readonly number[];
  /** Of frames that are no match, by where they come from. */
  readonly nulls: ReadonlyMap<string, readonly number[]>;
}

/** What is known of one source of the null distribution. */
export interface NullJudgment extends Description {
  /** The residual below which frames are nearer than nearly all of the source's. */
  readonly quantile: number;
  /** True when the mean residual of the frames lies below the quantile. */
  readonly nearer: boolean;
  /** False where neither the frames nor the target's own neighbors are nearer: the source can't tell a match from none. */
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
 * Judges a layer. Frames are nearer to the target than a source of the null when their mean residual lies below the
 * source's quantile at `share`. A layer fails when it is not nearer than a source although the target's neighbors are: when
 * the quantile lies above that at 1 - `share` of their residuals. Else it passes when it is nearer than some source, and is
 * undecided when it is nearer than none: then the target's neighbors are no nearer, either.
 */
export function judgeLayer({ residuals, ceiling, nulls }: LayerResiduals, share: number): LayerJudgment {
  const residual = describeSample(residuals);
  const neighbors = describeSample(ceiling);
  const reached = neighbors === undefined ? 0 : quantile(ceiling, 1 - share);
  const judged = [...nulls].flatMap(([source, values]): [string, NullJudgment][] => {
    const description = describeSample(values);
    if (description === undefined) return [];
    const limit = quantile(values, share);
    const nearer = residual !== undefined && residual.mean < limit;
    return [[source, { ...description, quantile: limit, nearer, tells: nearer || limit > reached }]];
  });
  const telling = judged.filter(([, { tells }]) => tells);
  const isNearer = telling.every(([, { nearer }]) => nearer);
  const verdict = residual === undefined || telling.length === 0 ? "undecided" : isNearer ? "pass" : "fail";
  return { verdict, residual, ceiling: neighbors, nulls: Object.fromEntries(judged) };
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
