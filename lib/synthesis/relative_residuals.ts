/**
 * How far each layer is from its target.
 * @module
 */
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
