/**
 * What a model makes of its frames in one of its layers.
 * @module
 */
import type { Tensor } from "../graph/graph.ts";
import { concat } from "../graph/operations.ts";
import { resizeBilinear } from "./bilinear_enlargement.ts";

/**
 * A layer's activations as a stack of parts, each at its own size, that stand bilinearly enlarged to the layer's size one
 * after the other. What can be computed from the parts is cheaper than from the whole, which holds nothing new.
 */
export interface Activations {
  /** Height and width of the layer. */
  readonly size: readonly [height: number, width: number];
  /** Each [channels, height, width]; the finest first is the cheapest. */
  readonly parts: readonly [Tensor, ...Tensor[]];
}

/** A layer of the size of its first part. */
export function activationsOf([first, ...others]: readonly Tensor[]): Activations {
  if (first === undefined) throw new Error("activationsOf: expected at least one part, got none");
  const [, height = 0, width = 0] = first.shape;
  return { size: [height, width], parts: [first, ...others] };
}

/** All channels at the layer's size, [channels, height, width]. */
export function wholeActivations({ size, parts: [first, ...others] }: Activations): Tensor {
  const enlarged = resizeBilinear(first, size);
  return others.length === 0
    ? enlarged
    : concat([enlarged, ...others.map((part) => resizeBilinear(part, size))], 0);
}
