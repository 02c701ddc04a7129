/**
 * A static graph of tensor operations as plain data, and the builder that makes one.
 * @module
 */
import type { Op, OpAttributes } from "./ops.ts";
import { shapeOf } from "./shape_rules.ts";

/** Lengths of the axes; [] is a scalar. */
export type Shape = readonly number[];

/** One operation. Its inputs are positions of earlier nodes in the graph's list. */
export type GraphNode = {
  readonly [K in Op]: {
    readonly op: K;
    readonly attributes: OpAttributes[K];
    readonly inputs: readonly number[];
    readonly shape: Shape;
  };
}[Op];

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
  /** Adds a node. Throws an Error that shows the shapes when they do not fit the operation. */
  add<K extends Op>(op: K, attributes: OpAttributes[K], inputs: readonly Tensor[], shape?: Shape): Tensor;
  /** The graph that computes these outputs; nodes that none of them needs are left out. */
  finish(outputs: Readonly<Record<string, Tensor>>): Graph;
}
