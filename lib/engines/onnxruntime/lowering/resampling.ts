/**
 * Linear maps of lines, as products with constant matrices.
 * @module
 */
import { elementCount } from "../../../graph/broadcasting.ts";
import { transposedMap } from "../../../graph/line_map.ts";
import { reshaped } from "./layout.ts";
import { inputAt, type Lowering } from "./lowering.ts";

/** The last axis is multiplied from the right, which is one large product; any other from the left, what follows it made one axis. */
export const resample: Lowering<"resample"> = (writer, step) => {
  const { axis, matrix } = step.attributes;
  const x = inputAt(step, 0);
  if (axis === x.shape.length - 1) {
    const right = writer.floats(transposedMap(matrix).data, [matrix.from, matrix.to]);
    return writer.node("MatMul", [x.name, right]);
  }
  const left = writer.floats(matrix.data, [matrix.to, matrix.from]);
  const followedByOne = axis === x.shape.length - 2;
  const after = elementCount(x.shape.slice(axis + 1));
  const lines = followedByOne ? x.name : reshaped(writer, x.name, [...x.shape.slice(0, axis + 1), after]);
  const made = writer.node("MatMul", [left, lines]);
  return followedByOne ? made : reshaped(writer, made, step.shape);
};
