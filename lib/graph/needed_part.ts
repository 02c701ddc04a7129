/**
 * Leaves out of a graph what nobody reads.
 * @module
 */
import type { Graph, GraphNode } from "./graph.ts";

/** The graph that computes these outputs, positions by name: of the nodes those that they need, in the same order. */
export function neededPart(nodes: readonly GraphNode[], outputs: Graph["outputs"]): Graph {
  const needed = new Set(Object.values(outputs));
  for (const [id, node] of [...nodes.entries()].reverse()) {
    if (needed.has(id)) node.inputs.forEach((input) => needed.add(input));
  }
  const kept = [...nodes.keys()].filter((id) => needed.has(id));
  const position = new Map(kept.map((id, index) => [id, index]));
  const renumbered = (id: number): number => {
    const index = position.get(id);
    if (index === undefined) {
      throw new Error(`neededPart: expected node ${id} among the nodes that were kept`);
    }
    return index;
  };
  return {
    nodes: nodes.filter((_, id) => needed.has(id)).map((node) => ({
      ...node,
      inputs: node.inputs.map(renumbered),
    })),
    outputs: Object.fromEntries(Object.entries(outputs).map(([name, id]) => [name, renumbered(id)])),
  };
}
