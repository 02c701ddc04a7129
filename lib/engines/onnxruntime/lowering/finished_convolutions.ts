/**
 * Convolutions together with the bias and the ReLU that follow them.
 * @module
 */
import { sameShape } from "../../../graph/broadcasting.ts";
import type { Graph, GraphNode } from "../../../graph/graph.ts";

/** What is still done to the result of a convolution before it is a value. */
export interface Finish {
  /** Added to each channel. */
  readonly bias?: Float32Array;
  readonly relu: boolean;
}

/** Convolutions by their position, and the positions of the steps that they make superfluous. */
export interface FinishedConvolutions {
  readonly finishes: ReadonlyMap<number, Finish>;
  /** From the position of a step to that of the convolution whose result it is. */
  readonly sources: ReadonlyMap<number, number>;
}

/**
 * Finds each convolution whose result is only added to a constant per channel, and where that sum is only rectified, takes
 * the ReLU along. A step more is a pass through memory more.
 */
export function finishedConvolutions(graph: Graph): FinishedConvolutions {
  const users = usersOf(graph);
  const only = (id: number): number | undefined =>
    users.get(id)?.length === 1 ? users.get(id)?.[0] : undefined;
  const finishes = new Map<number, Finish>();
  const sources = new Map<number, number>();
  for (const [id, node] of graph.nodes.entries()) {
    if (node.op !== "conv2d") continue;
    const sum = only(id);
    const bias = sum === undefined ? undefined : biasAdded(graph, sum, id);
    if (sum === undefined || bias === undefined) continue;
    sources.set(sum, id);
    const rectified = only(sum);
    const relu = rectified !== undefined && graph.nodes[rectified]?.op === "relu";
    if (relu) sources.set(rectified, id);
    finishes.set(id, { bias, relu });
  }
  return { finishes, sources };
}

/** The constant of [1, channels, 1, 1] that a step adds to the convolution. */
function biasAdded(graph: Graph, id: number, convolution: number): Float32Array | undefined {
  const node = graph.nodes[id];
  if (node?.op !== "add") return undefined;
  const other = graph.nodes[node.inputs.find((input) => input !== convolution) ?? -1];
  const [, channels = 0] = node.shape;
  return other && isConstant(other) && sameShape(other.shape, [1, channels, 1, 1])
    ? other.attributes.data
    : undefined;
}

function isConstant(node: GraphNode): node is GraphNode<"constant"> {
  return node.op === "constant";
}

/** Who uses each node; the graph's outputs count as users. */
function usersOf(graph: Graph): ReadonlyMap<number, readonly number[]> {
  const users = new Map<number, number[]>();
  const use = (id: number, user: number) => {
    const known = users.get(id);
    if (known) known.push(user);
    else users.set(id, [user]);
  };
  for (const [id, node] of graph.nodes.entries()) {
    for (const input of node.inputs) use(input, id);
  }
  for (const id of Object.values(graph.outputs)) use(id, -1);
  return users;
}
