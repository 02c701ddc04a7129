/**
 * Reverse-mode differentiation: adds the nodes that compute a gradient to the graph that computes the loss.
 * @module
 */
import { sameShape, shapeText } from "./broadcasting.ts";
import { gradientByInput } from "./gradient_rules.ts";
import type { GraphBuilder, Operation, Tensor } from "./graph.ts";
import { tensorAt } from "./graph_builder.ts";
import { gradientSum } from "./gradient_sum.ts";
import { broadcast, scalar } from "./operations.ts";
import type { Op } from "./ops.ts";

/**
 * The gradient of `loss` with respect to each tensor of `wrt`, in the tensor's shape; zeros where the loss does not
 * depend on it. Nodes that do not lead from `wrt` to the loss are not differentiated.
 * @param seed the gradient of what follows the loss, in the loss's shape; left out, the loss must be one number
 * @throws {Error} where an operation on the way has no gradient; the message gives its reason
 */
export function gradient(loss: Tensor, wrt: Tensor, seed?: Tensor): Tensor;
/** The gradients by several tensors, in their order. */
export function gradient(loss: Tensor, wrt: readonly Tensor[], seed?: Tensor): readonly Tensor[];
export function gradient(
  loss: Tensor,
  wrt: Tensor | readonly Tensor[],
  seed: Tensor = one(loss),
): Tensor | readonly Tensor[] {
  if (!sameShape(seed.shape, loss.shape)) {
    throw new Error(
      `gradient: expected a seed of shape ${shapeText(loss.shape)}, got ${shapeText(seed.shape)}`,
    );
  }
  const tensors = "id" in wrt ? [wrt] : wrt;
  if (tensors.some((x) => x.graph !== loss.graph)) {
    throw new Error("gradient: expected tensors of the loss's graph, got one of another");
  }
  const gradients = backward(loss, tensors, seed);
  const found = (x: Tensor): Tensor => gradients.get(x.id) ?? broadcast(scalar(x.graph, 0), x.shape);
  return "id" in wrt ? found(wrt) : wrt.map(found);
}

/** Gradients by the position of their node. */
function backward(loss: Tensor, wrt: readonly Tensor[], seed: Tensor): ReadonlyMap<number, Tensor> {
  const { graph } = loss;
  const leading = dependents(graph, wrt, loss.id);
  const gradients = new Map([[loss.id, seed]]);
  for (let id = loss.id; id >= 0; id--) {
    const node = graph.nodes[id];
    const gradient = gradients.get(id);
    if (!node || !gradient) continue;
    const inputs = node.inputs.map((input) => tensorAt(graph, input));
    for (const [position, input] of node.inputs.entries()) {
      if (!leading.has(input)) continue;
      const contribution = passBack(node, inputs, tensorAt(graph, id), gradient, position);
      if (!contribution) continue;
      const sum = gradients.get(input);
      gradients.set(input, sum ? gradientSum(sum, contribution) : contribution);
    }
  }
  return gradients;
}

function passBack<K extends Op>(
  operation: Operation<K>,
  inputs: readonly Tensor[],
  output: Tensor,
  gradient: Tensor,
  position: number,
): Tensor | undefined {
  return gradientByInput({ operation, inputs, output, gradient }, position);
}

/** The nodes up to `last` that depend on one of the tensors, those included. */
function dependents(graph: GraphBuilder, tensors: readonly Tensor[], last: number): ReadonlySet<number> {
  const found = new Set(tensors.map((tensor) => tensor.id));
  for (const [id, node] of graph.nodes.slice(0, last + 1).entries()) {
    if (node.inputs.some((input) => found.has(input))) found.add(id);
  }
  return found;
}

function one(loss: Tensor): Tensor {
  if (loss.shape.some((length) => length !== 1)) {
    throw new Error(
      `gradient: expected a loss of one number or a seed, got a loss of shape ${shapeText(loss.shape)}`,
    );
  }
  return broadcast(scalar(loss.graph, 1), loss.shape);
}
