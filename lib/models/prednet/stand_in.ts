/**
 * A PredNet with weights that mean nothing.
 * @module
 */
import { standInConvolution } from "../stand_in_weights.ts";
import { channelsOf, hasUnit, type Stacks, units } from "./architecture.ts";
import type { LevelWeights, PrednetWeights } from "./weights.ts";

/** Takes as long as the real one. */
export function standInPrednet(stacks: Stacks): PrednetWeights {
  const levels = stacks.map((_, level): LevelWeights =>
    Object.fromEntries(
      units.filter((unit) => hasUnit(stacks, unit, level)).map((unit) => {
        const [inputs, outputs] = channelsOf(stacks, unit, level);
        return [unit, standInConvolution([outputs, inputs, 3, 3])];
      }),
    )
  );
  return { stacks, levels };
}
