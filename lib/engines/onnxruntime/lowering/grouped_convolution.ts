/**
 * Convolutions of groups of channels, group by group.
 * @module
 */
import type { OnnxWriter } from "../onnx_writer.ts";
import { transposedConvolution } from "./convolution.ts";
import type { Value } from "./layout_of_values.ts";
import { inputAt, type Lowering } from "./lowering.ts";

/**
 * The adjoint of a convolution. ONNX Runtime's WebGPU kernel (1.30) mixes groups up where the elements of the kernel stand apart
 * as well: then each group is convolved by itself.
 */
export const transposedByGroup: Lowering<"conv2d_transposed"> = (writer, step) => {
  const { groups = 1, dilation, ...attributes } = step.attributes;
  if (groups === 1 || dilation === undefined) return transposedConvolution(writer, step);
  const [made, kernel] = [inputAt(step, 0), inputAt(step, 1)];
  const parts = Array.from({ length: groups }, (_, group) =>
    transposedConvolution(writer, {
      ...step,
      attributes: { ...attributes, dilation },
      inputs: [partOf(writer, made, 1, group, groups), partOf(writer, kernel, 0, group, groups)],
    }));
  return writer.node("Concat", parts, { axis: { int: 1 } });
};

function partOf(writer: OnnxWriter, value: Value, axis: number, part: number, parts: number): Value {
  const length = (value.shape[axis] ?? 0) / parts;
  const name = writer.node("Slice", [
    value.name,
    writer.integers([part * length]),
    writer.integers([(part + 1) * length]),
    writer.integers([axis]),
  ]);
  return { name, shape: value.shape.with(axis, length), layout: "row_major" };
}
