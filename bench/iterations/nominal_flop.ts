/**
 * How much work an iteration is said to be, whatever algorithm does it.
 * @module
 */
import { elementCount } from "../../lib/graph/broadcasting.ts";
import type { Graph, GraphNode } from "../../lib/graph/graph.ts";

/**
 * GFLOP of all convolutions of the graph, those that carry the gradient back included, computed directly: two for each
 * product of a kernel's value with a pixel. Everything else (Gram matrices, pooling) counts nothing.
 */
export function nominalGigaflop(graph: Graph): number {
  const flop = graph.nodes.reduce((sum, node) => sum + 2 * products(graph, node), 0);
  return flop / 1e9;
}

function products(graph: Graph, { op, inputs, shape }: GraphNode): number {
  const [images, kernel] = inputs.map((id) => graph.nodes[id]?.shape ?? []);
  if (images === undefined || kernel === undefined) return 0;
  switch (op) {
    case "conv2d":
      return elementCount(shape) * elementCount(kernel.slice(1));
    case "conv2d_transposed":
      return elementCount(images) * elementCount(kernel.slice(1));
    default:
      return 0;
  }
}
