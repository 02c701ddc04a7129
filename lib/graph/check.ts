/**
 * Verifies that a graph is what its types promise: for graphs that were built, differentiated or read from a file.
 * @module
 */
import type { Graph, Shape } from "./graph.ts";
import { shapeOf } from "./shape_rules.ts";

/**
 * Re-derives every shape, and verifies that nodes read earlier nodes only, that input names differ and that outputs exist.
 * @throws {Error} that names the first node that is wrong
 */
export function check(graph: Graph): void {
  const shapes: Shape[] = [];
  const inputNames = new Set<string>();
  for (const [id, node] of graph.nodes.entries()) {
    const name = `check: node ${id} (${node.op})`;
    const inputs = node.inputs.map((input) => {
      const shape = shapes[input];
      if (!shape) throw new Error(`${name}: expected inputs before node ${id}, got ${input}`);
      return shape;
    });
    shapes.push(namingNode(name, () => shapeOf(node, inputs, node.shape)));
    if (node.op === "input") {
      if (inputNames.has(node.attributes.name)) {
        throw new Error(`${name}: expected a name not yet taken, got "${node.attributes.name}" again`);
      }
      inputNames.add(node.attributes.name);
    }
  }
  for (const [output, id] of Object.entries(graph.outputs)) {
    if (!shapes[id]) {
      throw new Error(`check: output "${output}": expected a node below ${shapes.length}, got ${id}`);
    }
  }
}

function namingNode(name: string, derive: () => Shape): Shape {
  try {
    return derive();
  } catch (error) {
    throw new Error(`${name}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}
