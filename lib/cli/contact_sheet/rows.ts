/**
 * What a contact sheet shows: each result below the videos that it was made from, the same frames of all of them side by side.
 * @module
 */
import type { PlannedInstance } from "../../plan/planned_instance.ts";
import type { VideoFacts } from "../../plan/stage_kind.ts";

/** One video of the sheet. */
export interface ShownVideo {
  readonly instance: PlannedInstance;
  readonly video: VideoFacts;
}

/** A sheet stays readable, and is drawn in seconds. */
const mostRows = 40;
const mostColumns = 8;

/** The videos from top to bottom; `more` counts those that did not find room. */
export function shownVideos(
  instances: readonly PlannedInstance[],
): { readonly shown: readonly ShownVideo[]; readonly more: number } {
  const byName = new Map(instances.map((instance) => [instance.name, instance]));
  const ordered = new Set<PlannedInstance>();
  for (const instance of instances.filter(({ section }) => section === "stages")) {
    for (const { name } of instance.inputs) {
      const input = byName.get(name);
      if (input !== undefined) ordered.add(input);
    }
    ordered.add(instance);
  }
  const videos = [...ordered].flatMap((instance) =>
    instance.artifact.made === "video" ? [{ instance, video: instance.artifact.video }] : []
  );
  return { shown: videos.slice(0, mostRows), more: Math.max(0, videos.length - mostRows) };
}

/** The numbers of the frames that are shown: evenly spaced, the first and the last among them. */
export function shownFrames(videos: readonly ShownVideo[]): readonly number[] {
  const results = videos.filter(({ instance }) => instance.section === "stages");
  const counts = (results.length > 0 ? results : videos).map(({ video }) => video.frames);
  const frames = Math.max(0, ...counts);
  const columns = Math.min(frames, mostColumns);
  if (columns <= 1) return columns === 0 ? [] : [0];
  return Array.from({ length: columns }, (_, column) => Math.round(column * (frames - 1) / (columns - 1)));
}
