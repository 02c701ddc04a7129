/**
 * What one iteration computes: a texture loss through one stream, total variation, and the gradient by the frame.
 * @module
 */
import type { Size } from "../lib/frames/frame.ts";
import type { Graph } from "../lib/graph/graph.ts";
import type { StreamModel } from "../lib/models/stream_model.ts";
import { objectiveGraph } from "../lib/synthesis/objective.ts";

/** The objective that a synthesis minimizes, with the texture term of this model alone. */
export function iterationGraph(model: StreamModel, size: Size): Graph {
  const { stream, defaultTextureLayers } = model.declaration;
  const layers = Object.fromEntries(defaultTextureLayers.map((layer) => [layer, 1]));
  const term = `${stream}_texture` as const;
  return objectiveGraph({ terms: [{ term, model, layers, targets: 1 }], normalization: "reference" }, size);
}
