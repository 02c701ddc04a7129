/**
 * How gradients that reach a node on several ways are added up.
 * @module
 */
import type { Shape, Tensor } from "./graph.ts";
import { nodeOf, tensorAt } from "./graph_builder.ts";
import { sumOfProducts } from "./matrix_products.ts";
import { add, concat, pad } from "./operations.ts";

/** The sum of two gradients of one shape, in the form that costs the least. */
export function gradientSum(a: Tensor, b: Tensor): Tensor {
  return sumOfProducts(a, b) ?? sumOfNeighbors(a, b) ?? add(a, b);
}

/** A tensor that stands at a corner of a larger one, whose other elements are 0. */
interface Placed {
  readonly content: Tensor;
  readonly start: Shape;
  readonly end: Shape;
}

/**
 * Two tensors that lie side by side, each among zeros, are joined before the zeros are put around both. Slices that together
 * take all of a tensor have gradients like that: joined, they need no zeros.
 */
function sumOfNeighbors(a: Tensor, b: Tensor): Tensor | undefined {
  const [one, other] = [placed(a), placed(b)];
  if (one === undefined || other === undefined) return undefined;
  const apart = [...a.shape.keys()].filter((axis) =>
    one.start[axis] !== other.start[axis] || one.end[axis] !== other.end[axis]
  );
  const [axis, ...more] = apart;
  if (axis === undefined || more.length > 0) return undefined;
  const [first, second] = (one.start[axis] ?? 0) < (other.start[axis] ?? 0) ? [one, other] : [other, one];
  if (first.end[axis] !== second.start[axis]) return undefined;
  const joined = concat([...piecesAlong(axis, first.content), ...piecesAlong(axis, second.content)], axis);
  const after = a.shape.map((length, i) => length - (second.end[i] ?? length));
  return [...first.start, ...after].every((count) => count === 0) ? joined : pad(joined, first.start, after);
}

function placed(x: Tensor): Placed | undefined {
  const node = nodeOf(x);
  const [source] = node.inputs;
  if (node.op !== "pad" || source === undefined) return undefined;
  const { before, after } = node.attributes;
  const end = x.shape.map((length, axis) => length - (after[axis] ?? 0));
  return { content: tensorAt(x.graph, source), start: before, end };
}

/** What was joined along this axis, so that it is copied once. */
function piecesAlong(axis: number, x: Tensor): readonly Tensor[] {
  const node = nodeOf(x);
  return node.op === "concat" && node.attributes.axis === axis
    ? node.inputs.map((input) => tensorAt(x.graph, input))
    : [x];
}
