/**
 * Values for what a graph asks for.
 * @module
 */
import type { TensorValues } from "../../lib/engines/engine.ts";
import { inputShapes } from "../../lib/engines/program_inputs.ts";
import { uniformValues } from "../../lib/frames/noise.ts";
import { elementCount } from "../../lib/graph/broadcasting.ts";
import type { Graph } from "../../lib/graph/graph.ts";

/** Seeded values from [0, 1) for all inputs of a graph. */
export function randomInputs(graph: Graph): TensorValues {
  const entries = [...inputShapes(graph)].map(([name, shape], frame) => {
    const data = uniformValues({ seed: 1, frame, purpose: "generated" }, elementCount(shape));
    return [name, { shape, data }] as const;
  });
  return Object.fromEntries(entries);
}
