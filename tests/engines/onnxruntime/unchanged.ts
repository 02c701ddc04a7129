/**
 * Images in the layout in which networks have them behind their first convolutions.
 */
import type { Tensor } from "../../../lib/graph/graph.ts";
import { constant, conv2d } from "../../../lib/graph/operations.ts";

/** A 1x1 convolution that changes nothing: of a single image, what is made of it has its channels last. */
export function unchanged(x: Tensor): Tensor {
  const [, channels = 0] = x.shape;
  const identity = Float32Array.from(
    { length: channels ** 2 },
    (_, i) => i % (channels + 1) === 0 ? 1 : 0,
  );
  return conv2d(x, constant(x.graph, identity, [channels, channels, 1, 1]));
}
