/**
 * Pixels that are not square: a player shows them wider or narrower, and here they count as square.
 * @module
 */
import type { VideoFacts } from "../../plan/stage_kind.ts";
import type { FileDetails } from "./details.ts";
import type { VideoEntry } from "./schema.ts";

/** Shapes differ by less when a side was rounded to whole pixels. */
export const visibleChange = 0.02;

/** How the frames of a file with such pixels are used. */
export interface PixelShape {
  /** The file's "128:117", width to height. */
  readonly aspect: string;
  /** True when the frames have the shape in which players show them. */
  readonly corrected: boolean;
  /** The size that would have it, at the height that was asked for. */
  readonly wanted: { readonly height: number; readonly width: number };
}

/** Undefined where pixels are square, or so nearly that nobody sees it. */
export function pixelShape(
  { fit }: Pick<VideoEntry, "fit">,
  { pixel_aspect: aspect, height, width, traits }: FileDetails,
  video: Pick<VideoFacts, "height" | "width">,
): PixelShape | undefined {
  const [across = NaN, down = NaN] = aspect?.split(":").map(Number) ?? [];
  // The aspect is that of the frames as they are stored; the size is that of the frames as they are shown.
  const isTurned = traits?.turn === 90 || traits?.turn === 270;
  const stretch = isTurned ? down / across : across / down;
  if (aspect === undefined || !(stretch > 0) || Math.abs(stretch - 1) <= visibleChange) return undefined;
  const shown = (width / height) * stretch;
  const corrected = fit === "stretch" && Math.abs(video.width / video.height / shown - 1) <= visibleChange;
  return {
    aspect,
    corrected,
    wanted: { height: video.height, width: Math.max(2, 2 * Math.round(video.height * shown / 2)) },
  };
}
