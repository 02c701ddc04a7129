/**
 * How an operation of the graph becomes calls of TensorFlow.js, and the forms that most of them have.
 * @module
 */
import type { Shape } from "../../graph/graph.ts";
import type { Op, OpAttributes } from "../../graph/ops.ts";
import type { DeviceTensor, TensorFlow } from "./library.ts";

/** Operations that are computed: sources are values that are there. */
export type ComputedOp = Exclude<Op, "input" | "constant">;

/** Gives the value of an input by its position. */
export type Inputs = (position: number) => DeviceTensor;

/** Computes the result of a step: a new tensor of its shape. What else it makes is disposed by the caller. */
export type Compute = (inputs: Inputs) => DeviceTensor;

/** A node of the graph that is made ready to be computed again and again. */
export interface Step<K extends ComputedOp> {
  readonly attributes: OpAttributes[K];
  /** Shapes of the inputs. */
  readonly inputs: readonly Shape[];
  readonly shape: Shape;
  /** Puts numbers on the device that stay there as long as the program. */
  readonly keep: (values: Float32Array | Int32Array, shape: Shape) => DeviceTensor;
  /** What is made of an input before it is used: once for a constant, else at each run. */
  readonly prepared: (position: number, prepare: (x: DeviceTensor) => DeviceTensor) => Compute;
}

/** Makes an operation ready. */
export type TensorFlowRule<K extends ComputedOp> = (tf: TensorFlow, step: Step<K>) => Compute;

/** Rules by operation. */
export type TensorFlowRules = { readonly [K in ComputedOp]: TensorFlowRule<K> };

/** A rule of one input. */
export function unary<K extends ComputedOp>(
  compute: (tf: TensorFlow, x: DeviceTensor, step: Step<K>) => DeviceTensor,
): TensorFlowRule<K> {
  return (tf, step) => (input) => compute(tf, input(0), step);
}

/** A rule of two inputs. */
export function binary<K extends ComputedOp>(
  compute: (tf: TensorFlow, a: DeviceTensor, b: DeviceTensor, step: Step<K>) => DeviceTensor,
): TensorFlowRule<K> {
  return (tf, step) => (input) => compute(tf, input(0), input(1), step);
}

/** The shape of the input at a position; the graph's builder has seen to it that it is there. */
export function shapeAt({ inputs }: Pick<Step<ComputedOp>, "inputs">, position: number): Shape {
  const shape = inputs[position];
  if (!shape) throw new Error(`step: expected an input ${position}, got ${inputs.length} inputs`);
  return shape;
}
