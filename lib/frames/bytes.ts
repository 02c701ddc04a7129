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
  const data = new Float32Array(bytes.length);
  for (let i = 0; i < bytes.length; i++) data[i] = (bytes[i] ?? 0) / 255;
  return { height, width, data };
}

/** The frame's values as 8 bits: round(255 x), outside [0, 1] clipped. (Truncation would darken by half a level.) */
export function frameToBytes(frame: Frame): Uint8Array {
  const { data } = frame;
  // A loop, for `Uint8Array.from` takes fifty times as long: the main thread would not answer while it encodes.
  const bytes = new Uint8Array(data.length);
  for (let i = 0; i < data.length; i++) bytes[i] = Math.round(Math.min(Math.max(data[i] ?? 0, 0), 1) * 255);
  return bytes;
}
