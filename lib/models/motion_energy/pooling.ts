/**
 * Local averages at half the size.
 * @module
 */
import type { Tensor } from "../../graph/graph.ts";
import type { LineMap } from "../../graph/line_map.ts";
import { resample } from "../../graph/operations.ts";
import { symmetricIndices } from "../symmetric_padding.ts";

/** The binomial filter in which pixels at even and at odd places weigh the same. */
const weights = [1 / 16, 4 / 16, 6 / 16, 4 / 16, 1 / 16];
const reach = 2;

/** Averages of images [channels, height, width] around every second pixel, from the first on: half the size, rounded up. */
export function pooled(images: Tensor): Tensor {
  const [, height = 0, width = 0] = images.shape;
  return resample(resample(images, 2, averages(width)), 1, averages(height));
}

/** Each average weighs five pixels of a line, which is mirrored at its ends. */
function averages(length: number): LineMap {
  const mirrored = symmetricIndices(length, reach);
  const to = Math.ceil(length / 2);
  const data = new Float32Array(to * length);
  for (let i = 0; i < to; i++) {
    weights.forEach((weight, offset) => data[i * length + (mirrored[2 * i + offset] ?? 0)]! += weight);
  }
  return { to, from: length, data };
}
