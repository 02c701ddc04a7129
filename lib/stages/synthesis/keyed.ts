/**
 * What decides the bytes of a synthesis. Not in it: names, and the number of frames, since a frame depends on earlier
 * frames and targets alone.
 * @module
 */
import type { Facts, Json } from "../../plan/stage_kind.ts";
import { layerWeights } from "../../synthesis/recipe.ts";
import {
  type Keyframes,
  type Length,
  type StopSettings,
  type SynthesisSettings,
  type TargetTerm,
  targetTerms,
  type TermSettings,
} from "../../synthesis/settings.ts";
import { terms } from "../../synthesis/terms/table.ts";
import { colorLength, modelFacts, stageColor, stageSize, videoFacts } from "./extent.ts";
import { colorRole, startWords, targetRole } from "./roles.ts";

/** The part of the key that comes from the settings. */
export function keyedSynthesis(settings: SynthesisSettings, facts: Facts): Json {
  const { octaves, padding, start_from, color_transfer, optimizer, stop } = settings;
  const { height, width } = stageSize(settings, facts);
  return {
    precision: settings.precision ?? "float32",
    height,
    width,
    // Colors go without saying: keys from before there was gray stay as they are.
    ...(stageColor(settings, facts) === "gray" && { color: "gray" }),
    targets: Object.fromEntries(targetTerms.flatMap((term) => {
      const target = settings.targets[term];
      return target === undefined ? [] : [[term, keyedTerm(term, target, facts)]];
    })),
    octaves: octaves.map((step) => ({
      octave: step.octave,
      scale: step.scale,
      iterations: simplest(step.iterations),
      learning_rate: simplest(step.learning_rate),
      total_variation: simplest(step.total_variation),
      // 1 goes without saying.
      ...(step.temporal !== undefined && simplest(step.temporal) !== 1 &&
        { temporal: simplest(step.temporal) }),
    })),
    blend: simplest(settings.blend),
    padding: padding.frames === 0 ? { frames: 0 } : { frames: padding.frames, order: padding.order },
    start_from: startWords.includes(start_from) ? start_from : "video",
    color_transfer: color_transfer === "none"
      ? "none"
      : { variant: color_transfer.variant, length: keyedLength(colorLength(settings), facts, colorRole) },
    balance: settings.balance,
    normalization: settings.normalization,
    resample: settings.resample,
    optimizer: { ...optimizer },
    // Octaves that do all of their iterations go without saying: keys from before there were rules stay as they are.
    ...(stop !== undefined && { stop: keyedStop(stop) }),
    seed: settings.seed,
  };
}

function keyedTerm(term: TargetTerm, { weight, layers, targets }: TermSettings, facts: Facts): Json {
  return {
    weight: simplest(weight),
    layers: layerWeights(term, layers, modelFacts(facts, terms[term].stream)),
    mixture: targets.map(({ share, length }, index) => ({
      share: simplest(share),
      length: keyedLength(length, facts, targetRole(term, index)),
    })),
  };
}

function keyedStop({ residual, plateau, minimum }: StopSettings): Json {
  return {
    ...(residual !== undefined && { residual }),
    ...(plateau !== undefined && { plateau: { ...plateau } }),
    minimum,
  };
}

/** A video that repeats itself shows other frames when it gets longer. */
function keyedLength(length: Length, facts: Facts, role: string): Json {
  return length === "strict" ? length : { [length]: videoFacts(facts, role).frames };
}

/** Keyframes that all hold one value are that value. */
function simplest(keyframes: Keyframes): number | Readonly<Record<number, number>> {
  if (typeof keyframes === "number") return keyframes;
  const [first, ...others] = Object.values(keyframes);
  return first !== undefined && others.every((value) => value === first) ? first : keyframes;
}
