/**
 * Frames as 8-bit values.
 * @module
 */
import type { Frame } from "./frame.ts";

/**
 * A frame from 8-bit values, height x width x 3: float32(v / 255).
 * Throws Error when their number does not fit the size.
 */
export function frameFromBytes(bytes: Uint8Array, height: number, width: number): Frame {
  if (bytes.length !== height * width * 3) {
    throw new Error(`${bytes.length} bytes are no ${height} x ${width} RGB frame`);
  }
  return { height, width, data: Float32Array.from(bytes, (value) => value / 255) };
}

/** The frame's values as 8 bits: round(255 x), outside [0, 1] clipped. (Truncation would darken by half a level.) */
export function frameToBytes(frame: Frame): Uint8Array {
  return Uint8Array.from(frame.data, (value) => Math.round(Math.min(Math.max(value, 0), 1) * 255));
}
