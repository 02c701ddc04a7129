/**
 * The inputs of a program: what a graph asks for, and whether values that were given are that.
 * @module
 */
import { elementCount, sameShape, shapeText } from "../graph/broadcasting.ts";
import type { Graph, Shape } from "../graph/graph.ts";
import type { TensorValues } from "./engine.ts";

/** Shapes by the names of the graph's inputs. */
export function inputShapes(graph: Graph): ReadonlyMap<string, Shape> {
  const shapes = new Map<string, Shape>();
  for (const node of graph.nodes) {
    if (node.op === "input") shapes.set(node.attributes.name, node.shape);
  }
  return shapes;
}

/** Throws an Error that names the first value which is no input, or has another shape than its input. */
export function requireFitting(shapes: ReadonlyMap<string, Shape>, values: TensorValues): void {
  for (const [name, { shape, data }] of Object.entries(values)) {
    const wanted = shapes.get(name);
    if (!wanted) throw new Error(`inputs: expected ${[...shapes.keys()].join(", ")}, got "${name}"`);
    if (!sameShape(shape, wanted) || data.length !== elementCount(wanted)) {
      const got = `${shapeText(shape)} with ${data.length} elements`;
      throw new Error(`inputs: expected "${name}" to have shape ${shapeText(wanted)}, got ${got}`);
    }
  }
}

/** Throws an Error that names all inputs which have no value yet. */
export function requireAll(shapes: ReadonlyMap<string, Shape>, hasValue: (name: string) => boolean): void {
  const missing = [...shapes.keys()].filter((name) => !hasValue(name));
  if (missing.length > 0) throw new Error(`inputs: expected a value for ${missing.join(", ")}, got none`);
}
