/**
 * What a report shows, from what is known before anything runs: so the same key means the same page.
 * @module
 */
import type { Facts, Json, VideoFacts } from "../../plan/stage_kind.ts";

/** More videos than these are no page for a lab meeting; the others are named. */
const mostVideos = 12;

/** A page with more frames of each would take minutes to load. */
const mostFrames = 600;

/** A video that is played on the page. */
export interface ShownVideo {
  /** Under which the stage reads it. */
  readonly role: string;
  /** Of its instance. */
  readonly name: string;
  /** Of it as far as it is shown. */
  readonly video: VideoFacts;
}

/** Videos in the order in which they are shown. */
export interface ShownVideos {
  readonly shown: readonly ShownVideo[];
  /** Names of those that found no room. */
  readonly more: readonly string[];
}

/** Clips first, then what stages made; of a clip as much as the longest of those has. */
export function shownVideos({ videos, names = {}, kinds = {} }: Facts): ShownVideos {
  const all = Object.entries(videos).map(([role, video]) => (
    { role, name: names[role] ?? role, video, isClip: kinds[role] === "video" }
  ));
  const made = all.filter(({ isClip }) => !isClip);
  const longest = Math.max(0, ...made.map(({ video }) => video.frames)) || Infinity;
  const ordered = [...all.filter(({ isClip }) => isClip), ...made].map(({ role, name, video, isClip }) => ({
    role,
    name,
    video: { ...video, frames: Math.min(video.frames, isClip ? longest : Infinity, mostFrames) },
  }));
  return { shown: ordered.slice(0, mostVideos), more: ordered.slice(mostVideos).map(({ name }) => name) };
}

/** How many frames of each are read. */
export function reportReads(facts: Facts): Record<string, number> {
  const { shown } = shownVideos(facts);
  const roles = Object.keys(facts.videos);
  return Object.fromEntries(
    roles.map((role) => [role, shown.find((video) => video.role === role)?.video.frames ?? 0]),
  );
}

/** What beside the inputs' keys decides the page: names and title, and how much of each video is shown. */
export function keyedReport(facts: Facts): Json {
  const { shown, more } = shownVideos(facts);
  return {
    title: facts.title ?? null,
    names: { ...facts.names },
    videos: shown.map(({ role, video: { frames, fps } }) => ({ role, frames, fps })),
    more,
  };
}
