/**
 * What the nodes of an ONNX graph take and make while it becomes a graph of ours: tensors, and numbers that are known already.
 * @module
 */
import { elementCount, shapeText } from "../../graph/broadcasting.ts";
import type { GraphBuilder, Shape, Tensor } from "../../graph/graph.ts";
import { constant } from "../../graph/operations.ts";

/** A value that depends on the frames. */
export interface ComputedValue {
  readonly tensor: Tensor;
  /** The axis of the channels, as far as it can be followed: for layers, whose channels come first. */
  readonly channels?: number;
}

/** Numbers that do not depend on the frames: weights, shapes, indices. */
export interface KnownValue {
  readonly shape: Shape;
  readonly data: Float32Array | Float64Array;
  /** Whole numbers divide without a remainder. */
  readonly whole: boolean;
}

/** What a node takes or makes. */
export type ImportedValue = ComputedValue | KnownValue;

/** True for numbers that do not depend on the frames. */
export function isKnown(value: ImportedValue): value is KnownValue {
  return !("tensor" in value);
}

/** The lengths of the axes. */
export function shapeOfValue(value: ImportedValue): Shape {
  return isKnown(value) ? value.shape : value.tensor.shape;
}

/** Known whole numbers in a list, as shapes and axes are. */
export function knownList(data: readonly number[]): KnownValue {
  return { shape: [data.length], data: Float64Array.from(data), whole: true };
}

/** The value as a tensor of the graph. */
export function tensorOfValue(graph: GraphBuilder, value: ImportedValue): Tensor {
  if (!isKnown(value)) return value.tensor;
  if (elementCount(value.shape) === 0) {
    throw new Error(`a tensor of shape ${shapeText(value.shape)} is empty`);
  }
  return constant(graph, value.data, value.shape);
}
