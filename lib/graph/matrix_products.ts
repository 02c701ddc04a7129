/**
 * Identities of matrix products that save work in gradients. With G = A A^T, the gradient by A is D A + (A^T D)^T: by these
 * identities it becomes (D + D^T) A, one large product instead of two and no large transpose.
 * @module
 */
import { sameShape } from "./broadcasting.ts";
import type { Tensor } from "./graph.ts";
import { nodeOf, tensorAt } from "./graph_builder.ts";
import { add, matmul, transpose } from "./operations.ts";

/** Exchanges the last two axes. (X^T)^T is X, and (X^T Y)^T is Y^T X. */
export function matrixTranspose(x: Tensor): Tensor {
  const source = transposedSource(x);
  if (source) return source;
  const [left, right] = factors(x);
  const untransposed = left && transposedSource(left);
  if (right && untransposed) return matmul(matrixTranspose(right), untransposed);
  return transpose(x, lastTwoExchanged(x.shape.length));
}

/** True for the order of axes that `matrixTranspose` makes. */
export function isMatrixTranspose(permutation: readonly number[]): boolean {
  return permutation.length >= 2 && sameShape(permutation, lastTwoExchanged(permutation.length));
}

/** The sum of two products with the same matrix, X Z + Y Z, as (X + Y) Z; undefined for other tensors. */
export function sumOfProducts(a: Tensor, b: Tensor): Tensor | undefined {
  const [x, z] = factors(a);
  const [y, other] = factors(b);
  if (x && y && z && z.id === other?.id && sameShape(x.shape, y.shape)) return matmul(add(x, y), z);
  return undefined;
}

function factors(x: Tensor): readonly Tensor[] {
  const node = nodeOf(x);
  return node.op === "matmul" ? node.inputs.map((input) => tensorAt(x.graph, input)) : [];
}

/** X of a tensor that was made as X^T. */
function transposedSource(x: Tensor): Tensor | undefined {
  const node = nodeOf(x);
  const [source] = node.inputs;
  const made = node.op === "transpose" && isMatrixTranspose(node.attributes.permutation);
  return made && source !== undefined ? tensorAt(x.graph, source) : undefined;
}

function lastTwoExchanged(rank: number): readonly number[] {
  const axes = Array.from({ length: rank }, (_, axis) => axis);
  return [...axes.slice(0, -2), rank - 1, rank - 2];
}
