/**
 * Collects the nodes of a graph.
 * @module
 */
import { shapeText } from "./broadcasting.ts";
import type { Graph, GraphBuilder, GraphNode, Operation, Shape, Tensor } from "./graph.ts";
import { shapeOf } from "./shape_rules.ts";

/** An empty graph under construction. */
export function createGraphBuilder(): GraphBuilder {
  const nodes: GraphNode[] = [];
  const inputNames = new Set<string>();

  const builder: GraphBuilder = {
    nodes,
    add(operation: Operation, inputs: readonly Tensor[], declared?: Shape): Tensor {
      for (const input of inputs) requireOwn(input, operation.op);
      const shape = shapeOf(operation, inputs.map((input) => input.shape), declared);
      if (operation.op === "input") {
        if (inputNames.has(operation.attributes.name)) {
          throw new Error(`input: expected a name not yet taken, got "${operation.attributes.name}" again`);
        }
        inputNames.add(operation.attributes.name);
      }
      nodes.push({ ...operation, inputs: inputs.map((input) => input.id), shape });
      return { graph: builder, id: nodes.length - 1, shape };
    },
    finish(outputs: Readonly<Record<string, Tensor>>): Graph {
      for (const [name, tensor] of Object.entries(outputs)) requireOwn(tensor, `finish(${name})`);
      return withoutUnused(nodes, Object.entries(outputs).map(([name, tensor]) => [name, tensor.id]));
    },
  };

  function requireOwn(tensor: Tensor, reader: string): void {
    if (tensor.graph === builder) return;
    throw new Error(
      `${reader}: expected a tensor of this graph, got one of another, ${shapeText(tensor.shape)}`,
    );
  }
  return builder;
}

/** The node of a graph under construction as a tensor. */
export function tensorAt(graph: GraphBuilder, id: number): Tensor {
  const node = graph.nodes[id];
  if (!node) throw new Error(`tensorAt: expected a node below ${graph.nodes.length}, got ${id}`);
  return { graph, id, shape: node.shape };
}

/** The node that computes a tensor. */
export function nodeOf(tensor: Tensor): GraphNode {
  const node = tensor.graph.nodes[tensor.id];
  if (!node) throw new Error(`nodeOf: expected a node below ${tensor.graph.nodes.length}, got ${tensor.id}`);
  return node;
}

function withoutUnused(nodes: readonly GraphNode[], outputs: readonly (readonly [string, number])[]): Graph {
  const used = new Set(outputs.map(([, id]) => id));
  for (const [id, node] of [...nodes.entries()].reverse()) {
    if (used.has(id)) node.inputs.forEach((input) => used.add(input));
  }
  const kept = [...nodes.keys()].filter((id) => used.has(id));
  const position = new Map(kept.map((id, index) => [id, index]));
  const renumbered = (id: number): number => {
    const index = position.get(id);
    if (index === undefined) throw new Error(`finish: expected node ${id} among the nodes that were kept`);
    return index;
  };
  return {
    nodes: nodes.filter((_, id) => used.has(id)).map((node) => ({
      ...node,
      inputs: node.inputs.map(renumbered),
    })),
    outputs: Object.fromEntries(outputs.map(([name, id]) => [name, renumbered(id)])),
  };
}
