/**
 * Orders drawn by chance.
 * @module
 */
import { type NoiseKey, uniformValues } from "../frames/noise.ts";

/**
 * The numbers 0 .. `count` - 1 in an order drawn evenly from all orders but 0, 1, 2 ... itself (Fisher & Yates; a draw of
 * that one is drawn again). A single number has no other order.
 */
export function otherOrder(count: number, key: NoiseKey): Uint32Array {
  for (let draw = 0;; draw++) {
    const order = randomOrder(count, key, draw);
    if (count < 2 || order.some((value, index) => value !== index)) return order;
  }
}

/** The numbers 0 .. `count` - 1 in an order drawn evenly from all orders. */
export function randomOrder(count: number, key: NoiseKey, draw = 0): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, index) => index);
  // Two values make one number of 48 bits, so that any of many million places can be drawn.
  const values = uniformValues(key, 2 * count * (draw + 1)).subarray(2 * count * draw);
  for (let last = count - 1; last > 0; last--) {
    const chance = values[2 * last]! + values[2 * last + 1]! * 2 ** -24;
    const other = Math.floor(chance * (last + 1));
    const kept = order[last]!;
    order[last] = order[other]!;
    order[other] = kept;
  }
  return order;
}
