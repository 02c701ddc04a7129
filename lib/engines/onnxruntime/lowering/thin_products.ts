/**
 * Products of matrices [channels, positions], whose channels come last: Gram matrices and their gradients.
 * @module
 */
import { reshaped } from "./layout.ts";
import { rowMajor } from "./layout_of_values.ts";
import { type ChannelsLastLowering, inputAt } from "./lowering.ts";

/**
 * Products of matrices [channels, positions]. ONNX Runtime multiplies with the transposed of what it has (FusedMatMul)
 * without a copy.
 */
export const matmulChannelsLast: ChannelsLastLowering<"matmul"> = (writer, step) => {
  const [left, right] = [inputAt(step, 0), inputAt(step, 1)];
  if (left.shape.length !== 2 || right.shape.length !== 2) return undefined;
  const transposed = (name: string) => writer.node("Transpose", [name], { perm: { ints: [1, 0] } });
  if (right.layout === "channels_last") {
    // (L R)^T = R^T L^T, and what is there of R is R^T.
    const name = writer.node("MatMul", [right.name, transposed(rowMajor(writer, left))]);
    return { name, layout: "channels_last" };
  }
  if (left.layout !== "channels_last") return undefined;
  const [rows = 0, positions = 0] = left.shape;
  const [, columns = 0] = right.shape;
  const parts = partsOf(positions, rows * columns);
  if (parts === 1) {
    return { name: writer.node("MatMul", [transposed(left.name), right.name]), layout: "row_major" };
  }
  const inParts = (name: string, channels: number) =>
    reshaped(writer, name, [parts, positions / parts, channels]);
  const products = writer.node("MatMul", [
    writer.node("Transpose", [inParts(left.name, rows)], { perm: { ints: [0, 2, 1] } }),
    inParts(right.name, columns),
  ]);
  const name = writer.node("ReduceSum", [products, writer.integers([0])], { keepdims: { int: 0 } });
  return { name, layout: "row_major" };
};

/**
 * Positions that one product of a part sums over, about, and numbers that all products may take. The same on every machine,
 * since the parts decide how sums are rounded.
 */
const sizes = { positions: 1024, products: 2 ** 20 };

/**
 * Into how many equal parts the positions of a small product are cut: ONNX Runtime shares the parts among threads, but not
 * the positions of one product. 1 where they have no fitting divisor.
 */
export function partsOf(positions: number, product: number): number {
  const most = Math.min(positions / sizes.positions * 2, sizes.products / product);
  const fitting = Array.from({ length: Math.floor(most) }, (_, i) => i + 1).filter((parts) =>
    positions % parts === 0
  );
  const wanted = positions / sizes.positions;
  return fitting.reduce(
    (best, parts) => Math.abs(parts - wanted) < Math.abs(best - wanted) ? parts : best,
    1,
  );
}
