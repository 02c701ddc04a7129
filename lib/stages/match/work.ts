/**
 * How much a match has to compute.
 * @module
 */
import type { Facts, Work } from "../../plan/stage_kind.ts";
import { type Comparison, comparisonsOf, nullClipsOf } from "./comparisons.ts";
import type { MatchSettings } from "./schema.ts";

/** Work is counted with its gradient; only the statistics are computed here. */
const statistics = 0.35;

/** Evaluations of each comparison: of its own frames, the targets, and everything in the null; then what is done once. */
export function matchWork(settings: MatchSettings, facts: Facts): Work[] {
  const versions = 2 + settings.shifted + settings.scrambled + nullClipsOf(facts).length;
  return comparisonsOf(settings, facts).flatMap(({ count, video: { height, width }, goal }): Work[] => {
    const models = [...new Set(goal.terms.flatMap(({ model }) => facts.models[model]?.name ?? []))];
    const size = { height, width };
    return [
      {
        ...size,
        iterations: Math.ceil(count * versions * statistics),
        parts: goal.terms.flatMap((term) => deepestPart(term, facts)),
      },
      { ...size, iterations: 1, parts: ["start", ...models.map((model) => `open/${model}`)] },
      { ...size, iterations: 1, parts: models.map((model) => `compile/${model}`) },
    ];
  });
}

/** A model costs as much as its deepest layer that the term compares. */
function deepestPart({ model: role, layers }: Comparison["goal"]["terms"][number], facts: Facts): string[] {
  const model = facts.models[role];
  return model === undefined
    ? []
    : [`${model.name}/${model.layers.findLast((layer) => layer in layers) ?? ""}`];
}
