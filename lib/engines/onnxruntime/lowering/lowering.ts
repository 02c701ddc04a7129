/**
 * How an operation of the graph becomes nodes of an ONNX model.
 * @module
 */
import { shapeText } from "../../../graph/broadcasting.ts";
import type { Shape } from "../../../graph/graph.ts";
import type { Op, OpAttributes } from "../../../graph/ops.ts";
import type { OnnxWriter } from "../onnx_writer.ts";
import type { Layout, Value } from "./layout_of_values.ts";

/** A node of the graph whose inputs are values of the model already. */
export interface Step<K extends Op> {
  readonly attributes: OpAttributes[K];
  readonly inputs: readonly Value[];
  readonly shape: Shape;
  /** Of a convolution: what else is to be done to its result. */
  readonly finish?: Finish;
  /** Later steps are faster when the result's channels come last. */
  readonly wantedChannelsLast: boolean;
}

/** What is done to the result of a convolution before it is a value. */
export interface Finish {
  /** Added to each channel; its elements are one number for each. */
  readonly bias: Value;
  readonly relu: boolean;
}

/** Adds the nodes that compute a step whose inputs are row-major and returns the name of their row-major result. */
export type Lowering<K extends Op> = (writer: OnnxWriter, step: Step<K>) => string;

/** The result of a step. */
export interface Lowered {
  readonly name: string;
  readonly layout: Layout;
}

/** The same where channels are, or are to be, last; undefined, with nothing added, where that does not suit the step. */
export type ChannelsLastLowering<K extends Op> = (writer: OnnxWriter, step: Step<K>) => Lowered | undefined;

/** The input of a step at a position; the graph's builder has seen to it that it is there. */
export function inputAt({ inputs, shape }: Pick<Step<Op>, "inputs" | "shape">, position: number): Value {
  const value = inputs[position];
  if (!value) throw new Error(`lowering: a step that makes ${shapeText(shape)} has no input ${position}`);
  return value;
}

/** An operation that ONNX has under the name `type`, with the same inputs and no attributes. */
export function direct<K extends Op>(type: string): Lowering<K> {
  return (writer, { inputs }) => writer.node(type, inputs.map(({ name }) => name));
}
