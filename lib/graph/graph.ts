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

/** A whole program. */
export interface Graph {
  /** In an order in which they can be computed. */
  readonly nodes: readonly GraphNode[];
  /** Positions of the wanted nodes by name. */
  readonly outputs: Readonly<Record<string, number>>;
}

/** A node under construction, as models and terms pass it around. */
export interface Tensor {
  /** The graph that the node is part of. */
  readonly graph: GraphBuilder;
  /** Position of the node in the graph's list. */
  readonly id: number;
  /** Shape of what the node makes. */
  readonly shape: Shape;
}

/** Collects nodes; `finish` returns those that the outputs need. */
export interface GraphBuilder {
  /** All nodes so far. */
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
