/**
 * Convolutions together with the bias and the ReLU that follow them.
 * @module
 */
import { sameShape } from "../../../graph/broadcasting.ts";
import type { Graph, GraphNode } from "../../../graph/graph.ts";

/** A convolution with what is done to its result. */
export interface FinishedConvolution {
  readonly convolution: GraphNode<"conv2d">;
  /** Position of what is added to each channel, [1, channels, 1, 1]. */
  readonly bias: number;
  readonly relu: boolean;
}

/** What is written together. */
export interface FinishedConvolutions {
  /** By the position of their last step. */
  readonly finished: ReadonlyMap<number, FinishedConvolution>;
  /** Positions of the steps before it, whose results nobody else needs. */
  readonly absorbed: ReadonlySet<number>;
}

/**
 * Finds each convolution whose result is only added to one number per channel, and where that sum is only rectified, takes
 * the ReLU along. A step more is a pass through memory more.
 */
export function finishedConvolutions(graph: Graph): FinishedConvolutions {
  const users = usersOf(graph);
  const onlyUser = (id: number): number | undefined => {
    const [user, ...others] = users.get(id) ?? [];
    return others.length === 0 && user !== output ? user : undefined;
  };
  const finished = new Map<number, FinishedConvolution>();
  const absorbed = new Set<number>();
  for (const [id, node] of graph.nodes.entries()) {
    if (node.op !== "conv2d") continue;
    const sum = onlyUser(id);
    const bias = sum === undefined ? undefined : biasAdded(graph, sum, id);
    // Of two convolutions that are added to each other the first one is written before, and is a value like others.
    if (sum === undefined || bias === undefined || absorbed.has(bias)) continue;
    absorbed.add(id);
    const rectified = onlyUser(sum);
    const relu = rectified !== undefined && graph.nodes[rectified]?.op === "relu";
    if (relu) absorbed.add(sum);
    finished.set(relu ? rectified : sum, { convolution: node, bias, relu });
  }
  return { finished, absorbed };
}

/** The position of what a step adds to each channel of the convolution. */
function biasAdded(graph: Graph, id: number, convolution: number): number | undefined {
  const node = graph.nodes[id];
  const other = node?.inputs.find((input) => input !== convolution);
  if (node?.op !== "add" || other === undefined) return undefined;
  const [, channels = 0] = node.shape;
  const widens = !sameShape(node.shape, graph.nodes[convolution]?.shape ?? []);
  return !widens && sameShape(graph.nodes[other]?.shape ?? [], [1, channels, 1, 1]) ? other : undefined;
}

/** Stands among the users of what the graph gives out. */
const output = -1;

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
  for (const id of Object.values(graph.outputs)) use(id, output);
  return users;
}
