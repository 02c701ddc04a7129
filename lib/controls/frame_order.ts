/**
 * A clip's frames in another order: every frame is kept as it is, and only their motion changes.
 * @module
 */
import { otherOrder } from "./random_order.ts";

/**
 * Which frame stands at each time after shuffling: each of 0 .. `frames` - 1 once, drawn evenly from all orders but the
 * clip's own. One frame stays where it is.
 * @param seed 0 to 2^32 - 1
 */
export function shuffledOrder(frames: number, seed: number): readonly number[] {
  return [...otherOrder(frames, { seed, frame: 0, purpose: "shuffledFrames" })];
}

/** Which frame stands at each time when the clip runs backwards. */
export function reversedOrder(frames: number): readonly number[] {
  return Array.from({ length: frames }, (_, time) => frames - 1 - time);
}
