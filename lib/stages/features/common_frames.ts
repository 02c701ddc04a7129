/**
 * Which frames of videos of different lengths are compared.
 * @module
 */

/** What of a video says which of its frames another one has as well. */
export interface Timed {
  readonly frames: number;
  /** A rational: "25/1". */
  readonly fps: string;
}

/**
 * How many frames, from the first, all videos have, where some have more. Undefined where all are equally long, or frame rates
 * differ: then as many frames are not the same time.
 */
export function commonFrames(videos: readonly Timed[]): number | undefined {
  const counts = videos.map(({ frames }) => frames);
  const [fewest, most] = [Math.min(...counts), Math.max(...counts)];
  return fewest < most && new Set(videos.map(({ fps }) => fps)).size === 1 ? fewest : undefined;
}
