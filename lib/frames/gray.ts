/**
 * Gray frames.
 * @module
 */
import type { Frame } from "./frame.ts";

/** Weights of R, G, B in gray (ITU-R BT.601 luma). */
export const grayWeights = [0.299, 0.587, 0.114] as const;

/** Weights of R, G, B in the luminance of linear light (ITU-R BT.709 and sRGB primaries). */
export const luminanceWeights = [0.2126, 0.7152, 0.0722] as const;

/** The gray of each pixel, height x width. */
export function grayValues(
  frame: Frame,
  [red, green, blue]: readonly [number, number, number] = grayWeights,
): Float32Array {
  const values = new Float32Array(frame.height * frame.width);
  for (let pixel = 0; pixel < values.length; pixel++) {
    const at = pixel * 3;
    values[pixel] = red * frame.data[at]! + green * frame.data[at + 1]! + blue * frame.data[at + 2]!;
  }
  return values;
}

/** The frame without its colors: each pixel's gray in all three channels. */
export function grayFrame(
  frame: Frame,
  weights: readonly [number, number, number] = grayWeights,
): Frame {
  const gray = grayValues(frame, weights);
  return {
    height: frame.height,
    width: frame.width,
    data: frame.data.map((_, i) => gray[Math.floor(i / 3)]!),
  };
}
