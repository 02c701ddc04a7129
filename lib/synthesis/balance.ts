/**
 * Multipliers that bring terms of very different sizes together: without them the spatial texture term is
 * 1e18 times the temporal one.
 * @module
 */
import { type Balance, type TermName, termNames } from "./settings.ts";

/** A number for each term that takes part. */
export type TermValues = Readonly<Partial<Record<TermName, number>>>;

/** The multipliers of an octave. */
export interface Multipliers {
  /** 0 for a term that is left out. */
  readonly multipliers: TermValues;
  /** Terms whose value was 0 (or as good as 0) or not finite. */
  readonly leftOut: readonly TermName[];
}

/**
 * Below it a value is what rounding leaves of 0: its multiplier would blow that up to the size of the other terms, and its
 * gradient out of the range of float32.
 */
const smallestValue = 1e-24;

/** The value that `initial` gives every term at the octave's start. */
const initialValue = 1e4;

/** The terms of `values` in the order in which they are always listed. */
export function termsOf(values: Readonly<Partial<Record<TermName, unknown>>>): TermName[] {
  return termNames.filter((term) => values[term] !== undefined);
}

/**
 * Multipliers, constant for an octave of a transition.
 * - `initial`: 1e4 / the raw loss at the octave's start (the authors' code; the paper does not mention it)
 * - `target`: 1 / the term's energy in the current target, which does not depend on the generated frame: losses compare
 *   between frames and stimuli
 * - `none`: 1
 *
 * @param values raw losses for `initial`, energies for `target`; for `none` only the terms matter
 */
export function balanceTerms(balance: Balance, values: TermValues): Multipliers {
  const multipliers: Partial<Record<TermName, number>> = {};
  const leftOut: TermName[] = [];
  for (const term of termsOf(values)) {
    const value = values[term]!;
    const usable = balance === "none" || (value > smallestValue && Number.isFinite(value));
    const multiplier = balance === "none" ? 1 : (balance === "initial" ? initialValue : 1) / value;
    multipliers[term] = usable ? multiplier : 0;
    if (!usable) leftOut.push(term);
  }
  return { multipliers, leftOut };
}

/** What each raw loss counts in the sum: its weight times its multiplier. */
export function productOf(weights: TermValues, multipliers: TermValues): TermValues {
  return Object.fromEntries(
    termsOf(multipliers).map((term) => [term, (weights[term] ?? 0) * (multipliers[term] ?? 0)]),
  );
}

/** The loss that is minimized. */
export function weightedSum(losses: TermValues, coefficients: TermValues): number {
  return termsOf(losses).reduce((sum, term) => sum + (coefficients[term] ?? 0) * (losses[term] ?? 0), 0);
}
