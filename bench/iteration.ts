/**
 * What one iteration computes: the texture losses of some streams, total variation, and the gradient by the frame.
 * @module
 */
import type { Size } from "../lib/frames/frame.ts";
import type { Graph } from "../lib/graph/graph.ts";
import type { StreamModel } from "../lib/models/stream_model.ts";
import { objectiveGraph } from "../lib/synthesis/objective.ts";
import type { TermRecipe } from "../lib/synthesis/recipe.ts";

/** The objective that a synthesis minimizes, with the texture terms of these models alone. */
export function iterationGraph(models: readonly StreamModel[], size: Size): Graph {
  const terms = models.map((model): TermRecipe => {
    const { stream, defaultTextureLayers } = model.declaration;
    const layers = Object.fromEntries(defaultTextureLayers.map((layer) => [layer, 1]));
    return { term: `${stream}_texture`, model, layers, targets: 1 };
  });
  return objectiveGraph({ terms, normalization: "reference" }, size);
}
