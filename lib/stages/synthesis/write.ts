/**
 * Complete settings in the language's own words.
 * @module
 */
import { type SynthesisSettings, targetTerms, type TermSettings } from "../../synthesis/settings.ts";

/** What would have to stand in YAML to get these settings without any default. */
export function writeSynthesis(settings: SynthesisSettings): unknown {
  const { name, ...optimizer } = settings.optimizer;
  return {
    ...settings,
    targets: Object.fromEntries(targetTerms.flatMap((term) => {
      const target = settings.targets[term];
      return target === undefined ? [] : [[term, writeTerm(target)]];
    })),
    octaves: { steps: settings.octaves },
    optimizer: { [name]: optimizer },
  };
}

function writeTerm({ weight, layers, targets }: TermSettings): unknown {
  const [only] = targets;
  if (targets.length !== 1 || only === undefined) return { mixture: targets, weight, layers };
  return { video: only.video, weight, layers, length: only.length };
}
