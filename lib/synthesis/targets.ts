/**
 * What an octave has to know of the targets: their statistics, and how large each term's would be.
 * @module
 */
import type { TensorValue, TensorValues } from "../engines/engine.ts";
import { RunError } from "../errors.ts";
import type { Frame } from "../frames/frame.ts";
import type { TermValues } from "./balance.ts";
import { names } from "./objective.ts";
import type { SynthesisPrograms } from "./programs.ts";
import { combineLayers, type TermRecipe } from "./recipe.ts";
import { type TargetTerm, targetTerms } from "./settings.ts";
import { terms } from "./terms/table.ts";
import { totalVariationOf } from "./terms/total_variation.ts";

/** The frames of one target that a transition matches. */
export interface TargetFrames {
  /** Those before, oldest first, as many as the term's model sees; spatial terms do not look at them. */
  readonly before?: readonly Frame[] | undefined;
  readonly current: Frame;
  /** Relative to the other targets of the term. */
  readonly share: number;
}

/** The targets of each term that takes part. */
export type TransitionTargets = Readonly<Partial<Record<TargetTerm, readonly TargetFrames[]>>>;

/** A number for each layer of each term. */
export type LayerValues = Readonly<Partial<Record<TargetTerm, Readonly<Record<string, number>>>>>;

/** The targets as an octave's objective takes them. */
export interface OctaveTargets {
  /** The objective's inputs, by term. */
  readonly inputs: Readonly<Partial<Record<TargetTerm, TensorValues>>>;
  /** The distance that each layer would have if the generated frame's statistics were 0: does not depend on that frame. */
  readonly layerEnergies: LayerValues;
  /** The same for whole terms; for total variation the first target's own. */
  readonly energies: TermValues;
}

/** Evaluates the targets, which have their size at the octave already. */
export async function evaluateTargets(
  programs: SynthesisPrograms,
  targets: TransitionTargets,
): Promise<OctaveTargets> {
  const { normalization } = programs.recipe;
  const inputs: Partial<Record<TargetTerm, TensorValues>> = {};
  const layerEnergies: Partial<Record<TargetTerm, Record<string, number>>> = {};
  const energies: TermValuesInProgress = {};
  for (const recipe of programs.recipe.terms) {
    const { term } = recipe;
    const found = targets[term];
    if (found === undefined) continue;
    const { values, layers } = await evaluateTerm(programs, recipe, found);
    inputs[term] = values;
    layerEnergies[term] = layers;
    energies[term] = combineLayers(recipe, layers, normalization);
  }
  const first = firstTarget(targets);
  if (first !== undefined) energies.total_variation = totalVariationOf(first, normalization);
  return { inputs, layerEnergies, energies };
}

type TermValuesInProgress = { -readonly [term in keyof TermValues]: TermValues[term] };

/** The frame whose roughness is the target's: that of the first target with a share, in the order in which terms are listed. */
function firstTarget(targets: TransitionTargets): Frame | undefined {
  return targetTerms.flatMap((term) => targets[term] ?? []).find(({ share }) => share > 0)?.current;
}

/** Statistics by layer, with the share that their distance has among those of the term; shares sum to 1. */
export interface ComparedStatistics {
  readonly share: number;
  readonly statistic: TensorValues;
}

/**
 * What a term compares frames with: the mixture of its targets' statistics, or each target's own. A target without a share is
 * not looked at, so that the result is to the bit what it would be without that target; the statistics of the first
 * target with a share stand in its place.
 */
export async function comparedStatistics(
  programs: SynthesisPrograms,
  recipe: TermRecipe,
  targets: readonly TargetFrames[],
): Promise<readonly ComparedStatistics[]> {
  const shares = relativeShares(recipe.term, targets);
  const statistics: (TensorValues | undefined)[] = [];
  for (const { current, before, share } of targets) {
    statistics.push(share > 0 ? await programs.statistics(recipe, current, before) : undefined);
  }
  const compared = statistics.flatMap((statistic, index) =>
    statistic === undefined ? [] : [{ share: shares[index] ?? NaN, statistic }]
  );
  const [first] = compared;
  if (first === undefined) throw new Error("a term without a target");
  return terms[recipe.term].comparison.several === "mixed"
    ? [{ share: 1, statistic: mixture(first.statistic, compared) }]
    : statistics.map((statistic, index) => ({
      share: shares[index] ?? NaN,
      statistic: statistic ?? first.statistic,
    }));
}

async function evaluateTerm(
  programs: SynthesisPrograms,
  recipe: TermRecipe,
  targets: readonly TargetFrames[],
) {
  const { term } = recipe;
  const { comparison } = terms[term];
  const { normalization } = programs.recipe;
  const compared = await comparedStatistics(programs, recipe, targets);

  const values: Record<string, TensorValue> = {};
  const layers: Record<string, number> = {};
  for (const [index, { share, statistic }] of compared.entries()) {
    if (comparison.several === "separate") {
      values[names.share(term, index)] = { shape: [], data: Float32Array.of(share) };
    }
    for (const [layer, value] of Object.entries(statistic)) {
      values[names.target(term, index, layer)] = value;
      layers[layer] = (layers[layer] ?? 0) + share * comparison.energy(value, normalization);
    }
  }
  return { values, layers };
}

/** Shares that sum to 1. */
function relativeShares(term: TargetTerm, targets: readonly TargetFrames[]): number[] {
  const sum = targets.reduce((sum, { share }) => sum + share, 0);
  if (!(sum > 0)) throw new RunError(`${term}: the shares of its targets are all 0 at this frame`);
  return targets.map(({ share }) => share / sum);
}

/** Share-weighted mean of statistics, layer by layer. */
function mixture(first: TensorValues, compared: readonly ComparedStatistics[]): TensorValues {
  if (compared.length === 1) return first;
  return Object.fromEntries(
    Object.entries(first).map(([layer, { shape, data }]) => {
      const mixed = new Float64Array(data.length);
      for (const { share, statistic } of compared) {
        statistic[layer]?.data.forEach((value, i) => mixed[i] = mixed[i]! + share * value);
      }
      return [layer, { shape, data: Float32Array.from(mixed) }];
    }),
  );
}
