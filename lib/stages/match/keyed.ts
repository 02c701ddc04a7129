/**
 * What decides the numbers of a match. The names of instances and the numbers of frames are in it, for they stand in the
 * table; weights of layers are not, for each layer is measured by itself.
 * @module
 */
import type { Facts, Goal, Json } from "../../plan/stage_kind.ts";
import { comparisonsOf, nameAt, nullClipsOf, videoAt } from "./comparisons.ts";
import type { MatchSettings } from "./schema.ts";

/** The part of the key that comes from the settings. */
export function keyedMatch(settings: MatchSettings, facts: Facts): Json {
  const { shifted, scrambled, quantile, seed } = settings;
  const comparisons = comparisonsOf(settings, facts);
  const most = mostFrames(settings, facts);
  return {
    comparisons: comparisons.map(({ name, judged, frames, count, goal }) => (
      { name, judged, frames, count, normalization: goal.normalization, terms: keyedTerms(goal, facts) }
    )),
    null: nullClipsOf(facts).map(({ role, name, video }) => (
      { role, name, frames: Math.min(video.frames, most) }
    )),
    shifted,
    scrambled: scrambled === 0 ? { versions: 0 } : { versions: scrambled, seed },
    quantile,
  };
}

function keyedTerms({ terms }: Goal, facts: Facts): Json {
  return terms.map(({ term, model, layers, targets }) => ({
    term,
    model,
    layers: Object.keys(layers),
    targets: targets.map(({ role, share, length }) => ({
      role,
      name: nameAt(facts, role),
      share,
      // A video that repeats itself shows other frames when it gets longer.
      length: length === "strict" ? length : { [length]: videoAt(facts, role).frames },
    })),
  }));
}

/** How many frames are read of each input; targets that repeat themselves are read whole. */
export function matchReads(settings: MatchSettings, facts: Facts): Record<string, number> {
  const reads: Record<string, number> = {};
  for (const { frames, count, goal } of comparisonsOf(settings, facts)) {
    const strict = goal.terms.flatMap(({ targets }) => targets).filter(({ length }) => length === "strict");
    for (const role of [frames, ...strict.map(({ role }) => role)]) {
      reads[role] = Math.max(reads[role] ?? 0, count);
    }
  }
  for (const { role } of nullClipsOf(facts)) reads[role] = mostFrames(settings, facts);
  return reads;
}

function mostFrames(settings: MatchSettings, facts: Facts): number {
  return Math.max(1, ...comparisonsOf(settings, facts).map(({ count }) => count));
}
