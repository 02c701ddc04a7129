/**
 * Total variation: how rough the generated frame is. It has no target.
 * @module
 */
import type { Frame } from "../../frames/frame.ts";
import type { Tensor } from "../../graph/graph.ts";
import { absolute, add, divide, slice, subtract, sumOfAll } from "../../graph/operations.ts";
import type { Normalization } from "../settings.ts";

/**
 * Sum of absolute differences to the right and lower neighbor, divided by H W (`reference`) or 3 H W (`paper`).
 * The derivative of |x| at 0 is 0.
 * @param frame [height, width, 3]
 * @returns one number of shape []
 */
export function totalVariation(frame: Tensor, normalization: Normalization): Tensor {
  const [height = 0, width = 0] = frame.shape;
  const down = subtract(
    slice(frame, [1, 0, 0], [height, width, 3]),
    slice(frame, [0, 0, 0], [height - 1, width, 3]),
  );
  const right = subtract(
    slice(frame, [0, 1, 0], [height, width, 3]),
    slice(frame, [0, 0, 0], [height, width - 1, 3]),
  );
  const sum = add(sumOfAll(absolute(down)), sumOfAll(absolute(right)));
  return divide(sum, divisor(height, width, normalization));
}

/** The same of a frame that is at hand, in float64. */
export function totalVariationOf({ height, width, data }: Frame, normalization: Normalization): number {
  const row = width * 3;
  let sum = 0;
  for (let index = 0; index < data.length; index++) {
    const value = data[index]!;
    if (index % row < row - 3) sum += Math.abs(data[index + 3]! - value);
    if (index + row < data.length) sum += Math.abs(data[index + row]! - value);
  }
  return sum / divisor(height, width, normalization);
}

function divisor(height: number, width: number, normalization: Normalization): number {
  return height * width * (normalization === "reference" ? 1 : 3);
}
