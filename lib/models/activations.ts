/**
 * What a model makes of its frames in one of its layers.
 * @module
 */
import type { Tensor } from "../graph/graph.ts";
import { concat, matmul, reshape } from "../graph/operations.ts";
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
  /**
   * [channels, sources]: the layer's channels are mixtures of a part's, which are fewer: so few that sums of products are
   * made before they are mixed. The same for each part; left out where a part's channels are the layer's.
   */
  readonly mixing?: Tensor;
}

/** A layer of the size of its first part. */
export function activationsOf([first, ...others]: readonly Tensor[], mixing?: Tensor): Activations {
  if (first === undefined) throw new Error("activationsOf: expected at least one part, got none");
  const [, height = 0, width = 0] = first.shape;
  return { size: [height, width], parts: [first, ...others], ...(mixing && { mixing }) };
}

/** All channels at the layer's size, [channels, height, width]. */
export function wholeActivations({ size, parts, mixing }: Activations): Tensor {
  const [first, ...others] = parts.map((part) =>
    resizeBilinear(mixing === undefined ? part : mixed(part, mixing), size)
  );
  if (first === undefined) throw new Error("wholeActivations: expected at least one part, got none");
  return others.length === 0 ? first : concat([first, ...others], 0);
}

function mixed(part: Tensor, mixing: Tensor): Tensor {
  const [channels = 0, height = 0, width = 0] = part.shape;
  const made = matmul(mixing, reshape(part, [channels, height * width]));
  return reshape(made, [made.shape[0] ?? 0, height, width]);
}
