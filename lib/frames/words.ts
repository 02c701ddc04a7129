/**
 * Frames as 16-bit values.
 * @module
 */
import type { Frame } from "./frame.ts";

/** The frame's values as 16 bits: round(65535 x), outside [0, 1] clipped. */
export function frameToWords({ data }: Frame): Uint16Array {
  const words = new Uint16Array(data.length);
  for (let i = 0; i < data.length; i++) words[i] = Math.round(Math.min(Math.max(data[i] ?? 0, 0), 1) * 65535);
  return words;
}

/** 16-bit values as big-endian bytes, as PNG has them. */
export function bigEndian(words: Uint16Array): Uint8Array {
  const bytes = new Uint8Array(words.length * 2);
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? 0;
    bytes[2 * i] = word >> 8;
    bytes[2 * i + 1] = word & 255;
  }
  return bytes;
}
