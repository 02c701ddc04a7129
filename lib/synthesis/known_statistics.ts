/**
 * Statistics of targets that were evaluated, for as long as their frames are in use.
 * @module
 */
import type { TensorValues } from "../engines/engine.ts";
import type { Frame } from "../frames/frame.ts";
import type { TargetTerm } from "./settings.ts";

/** What is known of frames that come after some others. */
interface Branch {
  statistics?: TensorValues;
  readonly before: WeakMap<Frame, Branch>;
}

/**
 * Remembers what terms compare, by the frames that it is of, and forgets it with any of them. The frames before are held
 * weakly, too: each is the current frame of an earlier time, so that otherwise each window would keep the one before it, back
 * to the first of the clip. Nobody may change a frame's values meanwhile.
 */
export class KnownStatistics {
  readonly #known = new WeakMap<Frame, Map<TargetTerm, Branch>>();

  /** @param before the frames before, oldest first; none for a term that sees one frame */
  get(term: TargetTerm, current: Frame, before: readonly Frame[]): TensorValues | undefined {
    let branch = this.#known.get(current)?.get(term);
    for (const frame of before.toReversed()) branch = branch?.before.get(frame);
    return branch?.statistics;
  }

  set(term: TargetTerm, current: Frame, before: readonly Frame[], statistics: TensorValues): void {
    const terms = this.#known.get(current) ?? new Map<TargetTerm, Branch>();
    this.#known.set(current, terms);
    let branch = terms.getOrInsertComputed(term, emptyBranch);
    for (const frame of before.toReversed()) branch = branch.before.getOrInsertComputed(frame, emptyBranch);
    branch.statistics = statistics;
  }
}

function emptyBranch(): Branch {
  return { before: new WeakMap() };
}
