/**
 * How much room on the disk results take.
 * @module
 */
import type { PlannedInstance } from "./planned_instance.ts";
import type { VideoFacts } from "./stage_kind.ts";

/** Of a frame's file, before its numbers. */
const header = 128;

/** Bytes of a color value in the store: videos are kept as they are decoded, what stages make in float32. */
const bytesPerValue = { videos: 1, stages: 4 } as const;

/**
 * Bytes per pixel of the playable files, as textures took them: FFV1 and H.264 for what stages make, H.264 alone for the
 * clips that they are made of.
 */
const encodedPerPixel = { videos: 0.2, stages: 1.8 } as const;

/**
 * Bytes that an instance takes beside what is there already. Padding is there only until frame 0 is finished, so that it
 * counts where it takes more than the frames.
 */
export function bytesNeeded(
  { artifact, section, work, finishedFrames }: Pick<
    PlannedInstance,
    "artifact" | "section" | "work" | "finishedFrames"
  >,
): number {
  if (artifact.made !== "video") return 0;
  const { video } = artifact;
  const first = Math.min(0, ...work.map(({ frames }) => frames?.first ?? 0));
  const padding = finishedFrames === 0 ? -first + 1 : 0;
  const left = Math.max(0, video.frames - finishedFrames);
  const stored = Math.max(left, padding) * (header + 3 * bytesPerValue[section] * pixelsOf(video));
  return Math.round(stored + video.frames * encodedPerPixel[section] * pixelsOf(video));
}

function pixelsOf({ height, width }: VideoFacts): number {
  return height * width;
}
