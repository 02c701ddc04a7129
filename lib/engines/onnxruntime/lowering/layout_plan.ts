/**
 * Which results are wanted with their channels last, before anything is written.
 * @module
 */
import { elementCount } from "../../../graph/broadcasting.ts";
import type { Graph, GraphNode } from "../../../graph/graph.ts";
import type { Op } from "../../../graph/ops.ts";
import { channelAxis } from "./layout_of_values.ts";
import { isPlainConvolution } from "./plain_convolution.ts";
import { halves, slides } from "./windows.ts";

/** Operations that work element by element, in whatever order. */
const elementwise: ReadonlySet<Op> = new Set<Op>([
  "negate",
  "absolute",
  "sign",
  "square_root",
  "relu",
  "step",
  "exp",
  "tanh",
  "erf",
  "add",
  "subtract",
  "multiply",
  "divide",
  "maximum",
  "minimum",
]);

/**
 * The nodes whose results lead, element by element, to an operation that is much faster with the channels last: a
 * convolution of single pixels, a sliding maximum or one that halves images. What leads to other convolutions is left to
 * ONNX Runtime, which has a layout of its own for chains of them.
 */
export function wantedChannelsLast(graph: Graph): ReadonlySet<number> {
  const wanted = new Set<number>();
  for (const [id, node] of [...graph.nodes.entries()].reverse()) {
    const [first = -1] = node.inputs;
    if (prefersChannelsLast(graph, node)) wanted.add(first);
    if (!wanted.has(id) || !elementwise.has(node.op)) continue;
    const elements = elementCount(node.shape);
    for (const input of node.inputs) {
      const { shape } = at(graph, input);
      if (channelAxis(shape) !== undefined && elementCount(shape) === elements) wanted.add(input);
    }
  }
  return wanted;
}

function prefersChannelsLast(graph: Graph, node: GraphNode): boolean {
  if (node.op === "max_pool2d") return slides(node.attributes) || halves(node.attributes);
  if (node.op !== "conv2d" || !isPlainConvolution(node.attributes)) return false;
  const [, , height, width] = at(graph, node.inputs[1] ?? -1).shape;
  return height === 1 && width === 1;
}

function at(graph: Graph, id: number): GraphNode {
  const node = graph.nodes[id];
  if (!node) throw new Error(`layout plan: no node ${id}`);
  return node;
}
