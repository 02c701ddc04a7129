import type { Frame } from "../../lib/frames/frame.ts";

/** A frame of one gray everywhere; `value` in [0, 1]. */
export function uniformGray(value: number, height: number, width: number): Frame {
  return { height, width, data: new Float32Array(height * width * 3).fill(value) };
}
