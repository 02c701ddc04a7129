/**
 * Complete settings in the language's own words.
 * @module
 */
import type { Facts } from "../../plan/stage_kind.ts";
import { layerWeights } from "../../synthesis/recipe.ts";
import {
  type SynthesisSettings,
  type TargetTerm,
  targetTerms,
  type TermSettings,
} from "../../synthesis/settings.ts";
import { terms } from "../../synthesis/terms/table.ts";
import { modelFacts, stageColor } from "./extent.ts";
import { usedStreams } from "./roles.ts";

/**
 * What would have to stand in YAML to get these settings without any default. A stream that no target uses is left out.
 * With facts, the layers that the models have of their own are written out, and whether the frames have colors.
 */
export function writeSynthesis(settings: SynthesisSettings, facts?: Facts): unknown {
  const { color: chosen, optimizer: { name, ...optimizer }, ...others } = settings;
  const color = facts === undefined ? chosen : stageColor(settings, facts);
  return {
    ...others,
    streams: Object.fromEntries(usedStreams(settings).map((stream) => [stream, settings.streams[stream]])),
    targets: Object.fromEntries(targetTerms.flatMap((term) => {
      const target = settings.targets[term];
      return target === undefined ? [] : [[term, writeTerm(term, target, facts)]];
    })),
    octaves: { steps: settings.octaves },
    optimizer: { [name]: optimizer },
    ...(color !== undefined && { color }),
  };
}

function writeTerm(
  term: TargetTerm,
  { weight, layers: choice, targets }: TermSettings,
  facts?: Facts,
): unknown {
  const layers = facts === undefined
    ? choice
    : layerWeights(term, choice, modelFacts(facts, terms[term].stream));
  const [only] = targets;
  if (targets.length !== 1 || only === undefined) return { mixture: targets, weight, layers };
  return { video: only.video, weight, layers, length: only.length };
}
