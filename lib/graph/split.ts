/**
 * Takes out of a graph what does not change from run to run.
 * @module
 */
import type { Graph, GraphNode } from "./graph.ts";
import type { Op } from "./ops.ts";
import { neededPart } from "./needed_part.ts";

/** A graph in two. */
export interface SplitGraph {
  /** What depends on inputs that stay and on no others: to be run once for their values. */
  readonly prepared: Graph;
  /** The rest, with the outputs of the whole. The outputs of `prepared` are inputs of it, under the same names. */
  readonly remaining: Graph;
}

/** These take no time, or would hand over more than they read: they are left where they are read. */
const leftInPlace: ReadonlySet<Op> = new Set<Op>(["reshape", "broadcast"]);

/**
 * Splits a graph by the names of inputs that stay for many runs. Undefined when nothing that takes time depends on them
 * alone. What depends on constants alone stays where it is.
 */
export function splitByStaying(graph: Graph, staying: readonly string[]): SplitGraph | undefined {
  const fixed = fixedNodes(graph, staying);
  const handed = new Map<string, number>();
  const nodes = graph.nodes.map((node, id): GraphNode => {
    if (!fixed.has(id) || node.op === "input" || leftInPlace.has(node.op)) return node;
    const name = `prepared ${id}`;
    handed.set(name, id);
    return { op: "input", attributes: { name }, inputs: [], shape: node.shape };
  });
  const remaining = neededPart(nodes, graph.outputs);
  const outputs = remaining.nodes.flatMap((node) => {
    const id = node.op === "input" ? handed.get(node.attributes.name) : undefined;
    return node.op === "input" && id !== undefined ? [[node.attributes.name, id] as const] : [];
  });
  if (outputs.length === 0) return undefined;
  return { prepared: neededPart(graph.nodes, Object.fromEntries(outputs)), remaining };
}

/** The nodes that depend on one of these inputs or several, and on no others. */
function fixedNodes(graph: Graph, staying: readonly string[]): ReadonlySet<number> {
  const fixed = new Set<number>();
  const moving = new Set<number>();
  for (const [id, node] of graph.nodes.entries()) {
    if (node.op === "input") (staying.includes(node.attributes.name) ? fixed : moving).add(id);
    else if (node.inputs.some((input) => moving.has(input))) moving.add(id);
    else if (node.inputs.some((input) => fixed.has(input))) fixed.add(id);
  }
  return fixed;
}
