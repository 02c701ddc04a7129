/**
 * Statistics of targets that were evaluated, for as long as their frames are in use.
 * @module
 */
import type { TensorValues } from "../engines/engine.ts";
import type { Frame } from "../frames/frame.ts";
import type { TargetTerm } from "./settings.ts";

/** Stands for the frame before of a term that sees none. */
const none = {};

/**
 * Remembers what terms compare, by the frames that it is of, and forgets it with either of them. The frame before is held
 * weakly, too: it is the current frame of the pair before, so that otherwise each pair would keep the one before it, back to
 * the first of the clip. Nobody may change a frame's values meanwhile.
 */
export class KnownStatistics {
  readonly #known = new WeakMap<Frame, Map<TargetTerm, WeakMap<object, TensorValues>>>();

  get(term: TargetTerm, current: Frame, previous: Frame | undefined): TensorValues | undefined {
    return this.#known.get(current)?.get(term)?.get(previous ?? none);
  }

  set(term: TargetTerm, current: Frame, previous: Frame | undefined, statistics: TensorValues): void {
    const terms = this.#known.get(current) ?? new Map<TargetTerm, WeakMap<object, TensorValues>>();
    const pairs = terms.get(term) ?? new WeakMap<object, TensorValues>();
    pairs.set(previous ?? none, statistics);
    terms.set(term, pairs);
    this.#known.set(current, terms);
  }
}
