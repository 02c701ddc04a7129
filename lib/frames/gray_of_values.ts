/**
 * Gray of values that follow light in whatever way.
 * @module
 */
import type { Frame } from "./frame.ts";
import { grayFrame, luminanceWeights } from "./gray.ts";
import { lightOfValue, type Transfer, valueOfLight } from "./transfer.ts";

/** The frame without its colors, in all three channels: the luma of coded values, else the value of the luminance of light. */
export function grayOfValues(frame: Frame, transfer: Transfer): Frame {
  if (transfer === "srgb") return grayFrame(frame);
  const light = { ...frame, data: frame.data.map((value) => lightOfValue(value, transfer)) };
  const gray = grayFrame(light, luminanceWeights);
  return { ...gray, data: gray.data.map((value) => valueOfLight(value, transfer)) };
}
