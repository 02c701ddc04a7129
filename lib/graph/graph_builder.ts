/**
 * Collects the nodes of a graph.
 * @module
 */
import { shapeText } from "./broadcasting.ts";
import type { Graph, GraphBuilder, GraphNode, Operation, Shape, Tensor } from "./graph.ts";
import { neededPart } from "./needed_part.ts";
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
      return neededPart(
        nodes,
        Object.fromEntries(Object.entries(outputs).map(([name, tensor]) => [name, tensor.id])),
      );
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
