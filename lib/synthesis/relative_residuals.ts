/**
 * How far each layer is from its target.
 * @module
 */
import type { TermValues } from "./balance.ts";
import type { ObjectiveRecipe } from "./recipe.ts";
import { type TargetTerm, targetTerms } from "./settings.ts";
import type { LayerValues } from "./targets.ts";

/** Each layer's distance over its target's energy; layers of targets without energy are left out. */
export function relativeResiduals(distances: LayerValues, energies: LayerValues): LayerValues {
  const found: Partial<Record<TargetTerm, Record<string, number>>> = {};
  for (const term of targetTerms) {
    for (const [layer, distance] of Object.entries(distances[term] ?? {})) {
      const residual = distance / (energies[term]?.[layer] ?? NaN);
      if (Number.isFinite(residual)) found[term] = { ...found[term], [layer]: residual };
    }
  }
  return found;
}

/** The distances without layers that are only watched: of terms that do not count, or of weight 0. */
export function minimizedLayers(
  { terms }: ObjectiveRecipe,
  coefficients: TermValues,
  distances: LayerValues,
): LayerValues {
  return Object.fromEntries(
    terms.filter(({ term }) => coefficients[term]).map(({ term, layers }) => [
      term,
      Object.fromEntries(Object.entries(distances[term] ?? {}).filter(([layer]) => layers[layer])),
    ]),
  );
}
