/**
 * What stays the same for all frames of a synthesis: which losses there are, seen through which models and layers.
 * @module
 */
import { RunError } from "../errors.ts";
import type { ModelDeclaration, StreamModel } from "../models/stream_model.ts";
import type { LayerChoice, Normalization, TargetTerm } from "./settings.ts";
import { terms } from "./terms/table.ts";

/** A loss with a target, ready to be added to a graph. */
export interface TermRecipe {
  readonly term: TargetTerm;
  readonly model: StreamModel;
  /** Layer weights by name, in the model's order. */
  readonly layers: Readonly<Record<string, number>>;
  /** How many targets it has. */
  readonly targets: number;
}

/** The losses with targets, in the order in which they are always listed; total variation is always there too. */
export interface ObjectiveRecipe {
  readonly terms: readonly TermRecipe[];
  readonly normalization: Normalization;
}

/** What must be known of a model to tell which of its layers are meant. */
export type ModelLayers = Pick<
  ModelDeclaration,
  "name" | "layers" | "distinctLayers" | "defaultTextureLayers" | "defaultContentLayers"
>;

/**
 * The layers that are meant, with their weights, in the model's order: sums over layers are rounded, and must not
 * depend on the order in which somebody wrote them. Throws a RunError that lists the model's layers when it has not
 * got one of them.
 */
export function layerWeights(
  term: TargetTerm,
  choice: LayerChoice,
  model: ModelLayers,
): Readonly<Record<string, number>> {
  const weights = typeof choice === "string" ? equalWeights(term, choice, model) : choice;
  const unknown = Object.keys(weights).find((layer) => !model.layers.includes(layer));
  if (unknown !== undefined) {
    throw new RunError(`${term}: ${model.name} has no layer "${unknown}"; it has ${model.layers.join(", ")}`);
  }
  return Object.fromEntries(model.layers.flatMap((layer) => {
    const weight = weights[layer];
    return weight === undefined ? [] : [[layer, weight]];
  }));
}

function equalWeights(
  term: TargetTerm,
  choice: "default" | "all",
  model: ModelLayers,
): Readonly<Record<string, number>> {
  const layers = choice === "all" ? model.distinctLayers ?? model.layers : model[terms[term].defaultLayers];
  return Object.fromEntries(layers.map((layer) => [layer, 1]));
}

/** How many frames the models see before the moving one. */
export function framesBefore(recipes: readonly TermRecipe[]): number {
  return Math.max(0, ...recipes.map(({ model }) => model.declaration.frames - 1));
}

/** A term's value from those of its layers: their weighted mean (`reference`: divided by their number) or sum (`paper`). */
export function combineLayers(
  { layers }: TermRecipe,
  values: Readonly<Record<string, number>>,
  normalization: Normalization,
): number {
  const sum = Object.entries(layers).reduce(
    (sum, [layer, weight]) => sum + weight * (values[layer] ?? NaN),
    0,
  );
  return sum / (normalization === "reference" ? Object.keys(layers).length : 1);
}
