/**
 * Layers that are the same as another one because frames are small: their weights add up.
 * @module
 */
import type { Size } from "../../frames/frame.ts";
import type { Facts, ModelFacts } from "../../plan/stage_kind.ts";
import { octaveSize } from "../../synthesis/octaves.ts";
import { layerWeights } from "../../synthesis/recipe.ts";
import { type SynthesisSettings, targetTerms } from "../../synthesis/settings.ts";
import { terms } from "../../synthesis/terms/table.ts";
import { modelFacts, stageSize } from "./extent.ts";

/** "at 64 x 96 steerable's level_3 and level_4 are its level_2", of the layers that the stage matches, with each octave's size. */
export function repeatedLayers(settings: SynthesisSettings, facts: Facts): string[] {
  const full = stageSize(settings, facts);
  const sizes = settings.octaves.map((step) => octaveSize(full, step));
  const found = targetTerms.flatMap((term) => {
    const choice = settings.targets[term]?.layers;
    if (choice === undefined) return [];
    const model = modelFacts(facts, terms[term].stream);
    const matched = Object.keys(layerWeights(term, choice, model));
    return sizes.flatMap((size) => repetition(model, matched, size).map((what) => ({ what, size })));
  });
  return Array.from(Map.groupBy(found, ({ what }) => what), ([what, at]) => {
    const words = [...new Set(at.map(({ size: { height, width } }) => `${height} x ${width}`))];
    return `at ${words.join(", ")} ${what}`;
  });
}

/** What each layer that is not repeated stands for, too. */
function repetition(
  { name, layers, repeatsBelow = {} }: ModelFacts,
  matched: readonly string[],
  { height, width }: Size,
): string[] {
  const isRepeated = (layer: string) => Math.min(height, width) < (repeatsBelow[layer] ?? 0);
  const original = (layer: string) =>
    layers.slice(0, layers.indexOf(layer) + 1).findLast((before) => !isRepeated(before)) ?? layer;
  const repeated = matched.filter(isRepeated);
  return Array.from(Map.groupBy(repeated, original), ([layer, same]) => {
    const verb = same.length === 1 ? "is" : "are";
    return `${name}'s ${same.join(" and ")} ${verb} its ${layer}`;
  });
}
