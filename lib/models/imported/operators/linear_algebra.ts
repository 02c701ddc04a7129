/**
 * Products of matrices.
 * @module
 */
import { add, matmul, multiply, transpose } from "../../../graph/operations.ts";
import type { ImportedNode, ImportOperator } from "../imported_node.ts";
import { type ImportedValue, isKnown } from "../value.ts";

/** Operators by ONNX's name. */
export const linearAlgebraOperators: Readonly<Record<string, ImportOperator>> = {
  MatMul: (node) => {
    const [a, b] = [node.tensor(0), node.tensor(1)];
    if (Math.min(a.shape.length, b.shape.length) < 2) throw new Error("MatMul of a vector is not supported");
    const from = node.input(0);
    const channels = isKnown(from) ? undefined : from.channels;
    return [{ tensor: matmul(a, b), ...(channels !== undefined && { channels }) }];
  },
  Gemm: gemm,
};

/** alpha A B + beta C, A and B possibly transposed. */
function gemm(node: ImportedNode): readonly ImportedValue[] {
  const [alpha, beta] = [node.float("alpha") ?? 1, node.float("beta") ?? 1];
  const matrix = (position: number, name: string) =>
    node.int(name) === 1 ? transpose(node.tensor(position), [1, 0]) : node.tensor(position);
  const product = matmul(matrix(0, "transA"), matrix(1, "transB"));
  const scaled = alpha === 1 ? product : multiply(product, alpha);
  if (node.inputs[2] === undefined) return [{ tensor: scaled, channels: 1 }];
  const shift = node.tensor(2);
  return [{ tensor: add(scaled, beta === 1 ? shift : multiply(shift, beta)), channels: 1 }];
}
