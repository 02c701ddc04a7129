/**
 * Sums.
 * @module
 */
import { inputAt, type Lowering } from "./lowering.ts";

/**
 * Sum over axes, which stay. One axis after the other, the last one first: ONNX Runtime adds up all elements of a sum one by
 * one, and over hundreds of thousands the rounding of float32 would show.
 */
export const sum: Lowering<"sum"> = (writer, step) =>
  step.attributes.axes.toSorted((a, b) => b - a).reduce(
    (x, axis) => writer.node("ReduceSum", [x, writer.integers([axis])], { keepdims: { int: 1 } }),
    inputAt(step, 0).name,
  );
