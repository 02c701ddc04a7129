/**
 * What the frames of a synthesis are to match, for stages that measure it.
 * @module
 */
import type { Facts, Goal } from "../../plan/stage_kind.ts";
import { layerWeights } from "../../synthesis/recipe.ts";
import { type SynthesisSettings, targetTerms } from "../../synthesis/settings.ts";
import { terms } from "../../synthesis/terms/table.ts";
import { modelFacts } from "./extent.ts";
import { modelRole, targetRole } from "./roles.ts";

/** The terms with their targets, models and layers. */
export function synthesisGoal({ targets, normalization }: SynthesisSettings, facts: Facts): Goal {
  const goals = targetTerms.flatMap((term) => {
    const found = targets[term];
    if (found === undefined) return [];
    const { stream } = terms[term];
    return [{
      term,
      model: modelRole(stream),
      layers: layerWeights(term, found.layers, modelFacts(facts, stream)),
      targets: found.targets.map(({ share, length }, index) => (
        { role: targetRole(term, index), share, length }
      )),
    }];
  });
  return { terms: goals, normalization };
}
