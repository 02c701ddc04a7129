/**
 * Noise without colors.
 * @module
 */
import type { Frame } from "./frame.ts";
import { type NoiseKey, uniformValues } from "./noise.ts";

/** A frame of U(0, 1) noise, one value per pixel in all three channels. Values run over height, width. */
export function grayNoise(key: NoiseKey, height: number, width: number): Frame {
  const values = uniformValues(key, height * width);
  const data = new Float32Array(values.length * 3);
  values.forEach((value, pixel) => data.fill(value, 3 * pixel, 3 * pixel + 3));
  return { height, width, data };
}
