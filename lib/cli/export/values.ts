/**
 * Which values of frames are written: those of sRGB, or those that the stage made, which may be light.
 * @module
 */
import { codedFrame, type Transfer } from "../../frames/transfer.ts";
import type { FrameSource } from "../../store/stage_store.ts";
import { frameOfStored } from "./delivered_frames.ts";

/** coded: by sRGB, as screens take images. stored: as the stage made them. */
export type DeliveredValues = "coded" | "stored";

/** Both. */
export const deliveredValues = ["coded", "stored"] as const satisfies readonly DeliveredValues[];

/** The frames coded by sRGB; those that are so already are left as they are, be they of 8 bits. */
export function codedFrames(frames: FrameSource, transfer: Transfer = "srgb"): FrameSource {
  if (transfer === "srgb") return frames;
  return {
    frames: frames.frames,
    async frame(index) {
      const stored = await frames.frame(index);
      return { shape: stored.shape, data: codedFrame(frameOfStored(stored), transfer).data };
    },
  };
}

/** ", coded as sRGB; --values stored for linear light"; nothing where both are the same. */
export function describeValues(values: DeliveredValues, transfer: Transfer = "srgb"): string {
  if (transfer === "srgb") return "";
  const stored = transfer === "linear" ? "linear light" : `values of gamma ${transfer.gamma}`;
  return values === "coded"
    ? `, coded as sRGB; --values stored for ${stored}`
    : `, ${stored}; --values coded for sRGB`;
}
