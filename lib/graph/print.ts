/**
 * Stable text of a graph, for snapshots and bug reports.
 * @module
 */
import { shapeText } from "./broadcasting.ts";
import type { Graph, GraphNode } from "./graph.ts";

/** Elements of a constant that are shown before the dots. */
const SHOWN_ELEMENTS = 4;

/** One node a line, `%position [shape] = operation(inputs) attributes`, then one output a line. */
export function print(graph: Graph): string {
  const nodes = graph.nodes.map((node, id) => `%${id} ${shapeText(node.shape)} = ${operationText(node)}\n`);
  const outputs = Object.entries(graph.outputs).map(([name, id]) => `output ${name} = %${id}\n`);
  return [...nodes, ...outputs].join("");
}

function operationText(node: GraphNode): string {
  if (node.op === "constant") return `constant ${elementsText(node.attributes.data)}`;
  const inputs = node.inputs.length > 0 ? `(${node.inputs.map((input) => `%${input}`).join(", ")})` : "";
  if (node.op === "resample") {
    const { axis, matrix: { to, from, data } } = node.attributes;
    return `resample${inputs} axis=${axis} matrix=${shapeText([to, from])} ${elementsText(data)}`;
  }
  const attributes = Object.entries(node.attributes).map(([name, value]) =>
    ` ${name}=${JSON.stringify(value)}`
  );
  return `${node.op}${inputs}${attributes.join("")}`;
}

function elementsText(data: Float32Array): string {
  const shown = [...data.subarray(0, SHOWN_ELEMENTS)].map((value) => String(value));
  return [...shown, ...(data.length > SHOWN_ELEMENTS ? ["..."] : [])].join(" ");
}
