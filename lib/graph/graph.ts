/**
 * A static graph of tensor operations as plain data, and the interface of the builder that makes one.
 * @module
 */
import type { Op, OpAttributes } from "./ops.ts";

/** Lengths of the axes; [] is a scalar. */
export type Shape = readonly number[];

/** An operation with its attributes, for one operation or (by default) any. */
export type Operation<K extends Op = Op> = {
  readonly [P in K]: { readonly op: P; readonly attributes: OpAttributes[P] };
}[K];

/** One step of a graph. Its inputs are positions of earlier nodes in the graph's list. */
export type GraphNode<K extends Op = Op> = Operation<K> & {
  readonly inputs: readonly number[];
  readonly shape: Shape;
};

/** A whole program: nodes in an order in which they can be computed, and the names of those that are wanted. */
export interface Graph {
  readonly nodes: readonly GraphNode[];
  readonly outputs: Readonly<Record<string, number>>;
}

/** A node under construction, as models and terms pass it around. */
export interface Tensor {
  readonly graph: GraphBuilder;
  /** Position of the node in the graph's list. */
  readonly id: number;
  readonly shape: Shape;
}

/** Collects nodes; `finish` returns those that the outputs need. */
export interface GraphBuilder {
  readonly nodes: readonly GraphNode[];
  /**
   * Adds a node.
   * @param shape needed by `input` and `constant`; every other operation derives its own
   * @throws {Error} when the shapes do not fit the operation; the message shows them
   */
  add(operation: Operation, inputs: readonly Tensor[], shape?: Shape): Tensor;
  /** The graph that computes these outputs; nodes that none of them needs are left out. */
  finish(outputs: Readonly<Record<string, Tensor>>): Graph;
}
