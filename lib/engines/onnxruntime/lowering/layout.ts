/**
 * Operations that move elements.
 * @module
 */
import { sameShape } from "../../../graph/broadcasting.ts";
import type { Shape } from "../../../graph/graph.ts";
import type { OnnxWriter } from "../onnx_writer.ts";
import { inputAt, type Lowering } from "./lowering.ts";

/** The same elements in another shape. */
export const reshape: Lowering<"reshape"> = (writer, step) =>
  reshaped(writer, inputAt(step, 0).name, step.attributes.shape);

/** Axes in another order. */
export const transpose: Lowering<"transpose"> = (writer, step) =>
  writer.node("Transpose", [inputAt(step, 0).name], { perm: { ints: step.attributes.permutation } });

/** A range along every axis. */
export const slice: Lowering<"slice"> = (writer, step) => {
  const { starts, ends } = step.attributes;
  return writer.node("Slice", [inputAt(step, 0).name, writer.integers(starts), writer.integers(ends)]);
};

/** Zeros around. */
export const pad: Lowering<"pad"> = (writer, step) =>
  padded(writer, inputAt(step, 0).name, step.attributes.before, step.attributes.after);

/** One after the other. */
export const concat: Lowering<"concat"> = (writer, { inputs, attributes }) =>
  writer.node("Concat", inputs.map(({ name }) => name), { axis: { int: attributes.axis } });

/** Chosen elements along an axis. */
export const gather: Lowering<"gather"> = (writer, step) => {
  const { axis, indices } = step.attributes;
  return writer.node("Gather", [inputAt(step, 0).name, writer.integers(indices)], { axis: { int: axis } });
};

/** Repeated along axes of length 1: a few times along the last axis by Concat, for which Expand takes ten times as long. */
export const broadcast: Lowering<"broadcast"> = (writer, step) => {
  const { name, shape: from } = inputAt(step, 0);
  const { shape } = step.attributes;
  const last = shape.length - 1;
  const times = shape[last] ?? 1;
  if (from.length > 0 && times <= 4 && sameShape(from, shape.with(last, 1))) {
    return writer.node("Concat", new Array<string>(times).fill(name), { axis: { int: last } });
  }
  return writer.node("Expand", [name, writer.integers(shape)]);
};

/** Another shape; one length may be -1, for what is left. */
export function reshaped(writer: OnnxWriter, x: string, shape: Shape): string {
  return writer.node("Reshape", [x, writer.integers(shape)]);
}

/** Zeros before and after each axis; negative counts cut off. */
export function padded(
  writer: OnnxWriter,
  x: string,
  before: readonly number[],
  after: readonly number[],
): string {
  return writer.node("Pad", [x, writer.integers([...before, ...after])]);
}

/** A tensor of zeros. */
export function zeros(writer: OnnxWriter, shape: Shape): string {
  return writer.node("Expand", [writer.floats(new Float32Array(1), []), writer.integers(shape)]);
}
