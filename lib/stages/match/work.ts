/**
 * How much a match has to compute.
 * @module
 */
import type { Facts, Work } from "../../plan/stage_kind.ts";
import { comparisonsOf, nullClipsOf } from "./comparisons.ts";
import type { MatchSettings } from "./schema.ts";

/** Evaluating a model takes about a third of what evaluating it with its gradient takes, which is how work is counted. */
const shareOfGradient = 1 / 3;

/** Evaluations of each comparison: of its own frames, the targets, and everything in the null. */
export function matchWork(settings: MatchSettings, facts: Facts): Work[] {
  const versions = 2 + settings.shifted + settings.scrambled + nullClipsOf(facts).length;
  return comparisonsOf(settings, facts).map(({ count, video: { height, width }, goal }) => ({
    height,
    width,
    iterations: Math.ceil(count * versions * shareOfGradient),
    parts: goal.terms.flatMap(({ model }) => facts.models[model]?.name ?? []),
  }));
}
