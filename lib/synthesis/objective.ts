/**
 * The graphs of an octave: what is minimized with its gradient, and what is known of the targets beforehand.
 * @module
 */
import type { Size } from "../frames/frame.ts";
import { gradient } from "../graph/gradient.ts";
import { createGraphBuilder } from "../graph/graph_builder.ts";
import type { Graph, GraphBuilder, Tensor } from "../graph/graph.ts";
import { splitByStaying, type SplitGraph } from "../graph/split.ts";
import { add, divide, input, multiply } from "../graph/operations.ts";
import type { Activations } from "../models/activations.ts";
import type { StreamModel } from "../models/stream_model.ts";
import { framesBefore, type ObjectiveRecipe, type TermRecipe } from "./recipe.ts";
import type { Normalization, TargetTerm, TermName } from "./settings.ts";
import { terms } from "./terms/table.ts";
import { totalVariation } from "./terms/total_variation.ts";

/** Names of the graphs' inputs and outputs. */
export const names = {
  frame: "frame",
  /** So many frames before the moving one, counted among those that a model sees. */
  previous: (back: number) => back === 1 ? "previous" : `previous.${back}`,
  gradient: "gradient",
  loss: (term: TermName) => `loss.${term}`,
  coefficient: (term: TermName) => `coefficient.${term}`,
  layer: (term: TargetTerm, layer: string) => `layer.${term}.${layer}`,
  /** The target's statistic; where a term compares with each target apart, `index` says which. */
  target: (term: TargetTerm, index: number, layer: string) => `target.${term}.${index}.${layer}`,
  share: (term: TargetTerm, index: number) => `share.${term}.${index}`,
} as const;

/**
 * The objective at an octave's size. Inputs: `frame`, `previous`, `previous.2` ... (as far as some model sees them), the targets' statistics and
 * shares, and a coefficient (weight x multiplier) for each term. Outputs: the raw loss of each term, the raw distance of
 * each layer, and the gradient of the sum of coefficient x loss with respect to `frame`.
 *
 * The coefficients enter where the gradient starts, so that the temporal terms' small gradients are not rounded away.
 */
export function objectiveGraph(recipe: ObjectiveRecipe, size: Size): Graph {
  const graph = createGraphBuilder();
  const { normalization } = recipe;
  const frame = frameInput(graph, names.frame, size);
  const activations = activationsOf(graph, recipe.terms, frame, size);

  const outputs: Record<string, Tensor> = {};
  const losses = new Map<TermName, Tensor>();
  for (const term of recipe.terms) {
    const distances = termDistances(graph, term, activations(term.model), normalization);
    for (const [layer, distance] of Object.entries(distances)) {
      outputs[names.layer(term.term, layer)] = distance;
    }
    losses.set(term.term, termLoss(term, distances, normalization));
  }
  losses.set("total_variation", totalVariation(frame, normalization));

  for (const [term, loss] of losses) outputs[names.loss(term)] = loss;
  const weighted = [...losses].map(([term, loss]) =>
    multiply(input(graph, names.coefficient(term), []), loss)
  );
  outputs[names.gradient] = gradient(sumOf(weighted), frame);
  return graph.finish(outputs);
}

/** The objective in two: `prepared` is what the previous frames alone decide, absent where there is no such thing. */
export function objectiveParts(
  recipe: ObjectiveRecipe,
  size: Size,
): Pick<SplitGraph, "remaining"> & Partial<SplitGraph> {
  const graph = objectiveGraph(recipe, size);
  return splitByStaying(graph, previousNames(framesBefore(recipe.terms))) ?? { remaining: graph };
}

/** What is left of the objective for each iteration. */
export function iterationGraph(recipe: ObjectiveRecipe, size: Size): Graph {
  return objectiveParts(recipe, size).remaining;
}

/** Names of the inputs of so many frames before the moving one, oldest first. */
export function previousNames(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => names.previous(count - index));
}

/** What a term compares, at a target's size. Inputs: `frame` and, as far as the model sees them, those before. Outputs: one statistic per layer. */
export function statisticsGraph(term: TermRecipe, size: Size, normalization: Normalization): Graph {
  const graph = createGraphBuilder();
  const activations = activationsOf(graph, [term], frameInput(graph, names.frame, size), size)(term.model);
  return graph.finish(Object.fromEntries(
    Object.keys(term.layers).map((layer) => [
      layer,
      terms[term.term].comparison.statistic(layerOf(activations, layer), normalization),
    ]),
  ));
}

/** Activations of each model in all layers that some term needs, computed once. */
function activationsOf(
  graph: GraphBuilder,
  recipes: readonly TermRecipe[],
  frame: Tensor,
  size: Size,
): (model: StreamModel) => Readonly<Record<string, Activations>> {
  const previous = previousNames(framesBefore(recipes)).map((name) => frameInput(graph, name, size));
  const made = new Map<StreamModel, Readonly<Record<string, Activations>>>();
  return (model) => {
    const before = made.get(model);
    if (before !== undefined) return before;
    const wanted = new Set(
      recipes.filter((term) => term.model === model).flatMap((term) => Object.keys(term.layers)),
    );
    const frames = [...previous, frame].slice(-model.declaration.frames);
    const layers = model.layers(frames, [...wanted]);
    made.set(model, layers);
    return layers;
  };
}

/** The distance of each layer to the targets. */
function termDistances(
  graph: GraphBuilder,
  { term, layers, targets }: TermRecipe,
  activations: Readonly<Record<string, Activations>>,
  normalization: Normalization,
): Readonly<Record<string, Tensor>> {
  const { comparison } = terms[term];
  const shares = comparison.several === "separate"
    ? Array.from({ length: targets }, (_, index) => input(graph, names.share(term, index), []))
    : undefined;
  const distance = (layer: string): Tensor => {
    const generated = comparison.statistic(layerOf(activations, layer), normalization);
    const to = (index: number) => {
      const target = input(graph, names.target(term, index, layer), generated.shape);
      return comparison.distance(generated, target, normalization);
    };
    return shares === undefined ? to(0) : sumOf(shares.map((share, index) => multiply(share, to(index))));
  };
  return Object.fromEntries(Object.keys(layers).map((layer) => [layer, distance(layer)]));
}

/** Weighted sum over the layers, divided by their number under `reference`. */
function termLoss(
  { layers }: TermRecipe,
  distances: Readonly<Record<string, Tensor>>,
  normalization: Normalization,
): Tensor {
  const weighted = Object.entries(layers).map(([layer, weight]) =>
    multiply(layerOf(distances, layer), weight)
  );
  return divide(sumOf(weighted), normalization === "reference" ? weighted.length : 1);
}

function frameInput(graph: GraphBuilder, name: string, { height, width }: Size): Tensor {
  return input(graph, name, [height, width, 3]);
}

function layerOf<T>(layers: Readonly<Record<string, T>>, name: string): T {
  const layer = layers[name];
  if (layer === undefined) throw new Error(`no layer "${name}" among ${Object.keys(layers).join(", ")}`);
  return layer;
}

function sumOf(tensors: readonly Tensor[]): Tensor {
  return tensors.reduce((sum, tensor) => add(sum, tensor));
}
