/**
 * Operations that work element by element.
 * @module
 */
import { DataType } from "../../../formats/onnx/model.ts";
import type { OnnxWriter } from "../onnx_writer.ts";
import { inputAt, type Lowering } from "./lowering.ts";

/** The largest float32, a slope: times this, every number from 3e-39 on is at least 1. */
const STEEP = 3.4028234663852886e38;

/**
 * 0 at 0 and below, 1 above: the line through 0 of the steepest slope, cut off at 0 and 1. One node that ONNX Runtime
 * computes in the layout of its convolutions, where Greater, Cast and Where would have it copied to rows and back.
 * Subnormal numbers, below 3e-39, give less than 1.
 */
export const stepUp: Lowering<"step"> = (writer, step) =>
  writer.node("HardSigmoid", [inputAt(step, 0).name], { alpha: { float: STEEP }, beta: { float: 0 } });

/** A steep line too, cut off at -1 and 1: ONNX Runtime's own Sign takes three times as long. */
export const sign: Lowering<"sign"> = (writer, step) => {
  const steep = writer.node("Mul", [inputAt(step, 0).name, number(writer, STEEP)]);
  return writer.node("Clip", [steep, number(writer, -1), number(writer, 1)]);
};

/** A constant of one number. */
export function number(writer: OnnxWriter, value: number): string {
  return writer.once(`number ${value}`, () => writer.floats(Float32Array.of(value), []));
}

/**
 * 1 where the first of two finite values is at least as large as the second, else 0; where it is smaller by less than 3e-39,
 * something between.
 */
export function whereAtLeast(writer: OnnxWriter, value: string, other: string): string {
  return writer.node("HardSigmoid", [writer.node("Sub", [value, other])], {
    alpha: { float: STEEP },
    beta: { float: 1 },
  });
}

/** A comparison, as 1 for true and 0 for false. */
export function comparison(type: "Greater" | "Equal"): Lowering<"greater" | "equal"> {
  return (writer, { inputs }) => asFloats(writer, writer.node(type, inputs.map(({ name }) => name)));
}

/** Where the condition is not 0. */
export const select: Lowering<"select"> = (writer, step) => {
  const condition = writer.node("Cast", [inputAt(step, 0).name], { to: { int: DataType.BOOL } });
  return writer.node("Where", [condition, inputAt(step, 1).name, inputAt(step, 2).name]);
};

/** Truth values as 1 and 0. */
export function asFloats(writer: OnnxWriter, truths: string): string {
  return writer.node("Cast", [truths], { to: { int: DataType.FLOAT } });
}
