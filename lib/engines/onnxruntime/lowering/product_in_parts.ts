/**
 * Products that sum over many elements into few, as Gram matrices do.
 * @module
 */
import { reshaped } from "./layout.ts";
import { direct, inputAt, type Lowering } from "./lowering.ts";
import { partsOf } from "./thin_products.ts";

const whole: Lowering<"matmul"> = direct("MatMul");

/**
 * A product of two matrices cut along what it sums over, the parts' products added up: a GPU gives each tile of a result to
 * one group of threads, and a few tiles would leave the rest idle. The sums become shorter, too, and their rounding smaller.
 */
export const productInParts: Lowering<"matmul"> = (writer, step) => {
  const [left, right] = [inputAt(step, 0), inputAt(step, 1)];
  if (left.shape.length !== 2 || right.shape.length !== 2) return whole(writer, step);
  const [rows = 0, positions = 0] = left.shape;
  const [, columns = 0] = right.shape;
  const parts = partsOf(positions, rows * columns);
  if (parts === 1) return whole(writer, step);
  const products = writer.node("MatMul", [
    writer.node("Transpose", [reshaped(writer, left.name, [rows, parts, positions / parts])], {
      perm: { ints: [1, 0, 2] },
    }),
    reshaped(writer, right.name, [parts, positions / parts, columns]),
  ]);
  return writer.node("ReduceSum", [products, writer.integers([0])], { keepdims: { int: 0 } });
};
