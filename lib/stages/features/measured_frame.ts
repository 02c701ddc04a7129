/**
 * What is measured of one frame, as it is kept until all are measured.
 * @module
 */
import { z } from "zod";
import { levelCount } from "../../analysis/gray_levels.ts";

/** The features of a frame. Those of change and motion compare it with the frame before it: frame 0 has none. */
export const frameFeatures = [
  "intensity",
  "contrast",
  "pixel_change",
  "flow_magnitude",
  "flow_angle",
  "flow_angle_circular",
  "flow_resultant",
] as const;

/** One of them. */
export type FrameFeature = (typeof frameFeatures)[number];

/** Numbers of a frame. */
export const measuredFrameSchema = z.object({
  video: z.string(),
  frame: z.int().min(0),
  features: z.partialRecord(z.enum(frameFeatures), z.number()),
  /** How many pixels have each gray level. */
  levels: z.array(z.int()).length(levelCount),
  /** The radial amplitude spectrum. */
  radial: z.array(z.number()),
  /** With the last frame that all videos have: the temporal amplitude spectrum up to it. */
  temporal: z.array(z.number()).exactOptional(),
});

/** Numbers of a frame. */
export type MeasuredFrame = z.infer<typeof measuredFrameSchema>;

/** Features that are directions, in radians. */
export function isDirection(feature: FrameFeature): boolean {
  return feature === "flow_angle_circular";
}
