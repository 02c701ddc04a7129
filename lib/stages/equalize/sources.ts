/**
 * The videos of an equalization: the one that is made, and those whose statistics it gets.
 * @module
 */
import type { Facts, Reference, ReportProblem, VideoFacts } from "../../plan/stage_kind.ts";
import { checkFrameCount, sameVideo, videoReference, videoRole } from "../one_video.ts";
import { pathOfRole, sizeInWords, videoReferences } from "../video_list.ts";
import type { EqualizeSettings } from "./schema.ts";

/** A video that is measured. */
export interface Source {
  readonly role: string;
  /** Of its instance. */
  readonly name: string;
  /** What is known of the frames that are read. */
  readonly video: VideoFacts;
  /** True for those whose statistics count. */
  readonly counts: boolean;
}

/** The videos and stages that are named. */
export function equalizeReferences(settings: EqualizeSettings): Reference[] {
  return [
    videoReference(settings),
    ...videoReferences(settings),
  ];
}

/** Those whose statistics count, in the order in which they are named; last the one that is made, where it is not among them. */
export function sourcesOf(settings: EqualizeSettings, facts: Facts): readonly Source[] {
  const wanted = settings.frames ?? Infinity;
  const named = Object.entries(facts.videos).map(([role, video]): Source => ({
    role,
    name: facts.names?.[role] ?? role,
    video: { ...video, frames: Math.min(video.frames, wanted) },
    counts: role !== videoRole,
  }));
  const counting = named.filter(({ counts }) => counts);
  const own = named.filter(({ role, name }) =>
    role === videoRole && !counting.some((source) => source.name === name)
  );
  return [...counting, ...own];
}

/** The one that is made. Throws an Error when the plan forgot it. */
export function ownSource(sources: readonly Source[], facts: Facts): Source {
  const name = facts.names?.[videoRole] ?? videoRole;
  const found = sources.find((source) => source.name === name);
  if (found === undefined) throw new Error(`${name} is not among the videos`);
  return found;
}

/** Reports everything that can be known without running. */
export function checkEqualize(settings: EqualizeSettings, facts: Facts, report: ReportProblem): void {
  checkFrameCount(settings, facts, report);
  const sources = sourcesOf(settings, facts);
  sources.forEach(({ role, name }, index) => {
    const isRepeated = sources.findIndex((source) => source.name === name) !== index;
    if (isRepeated) report(pathOfRole(role), { code: "repeated", value: name });
  });
  if (settings.spectrum === "none") return;
  const { name: other, video: needed } = ownSource(sources, facts);
  for (const { role, name, video } of sources) {
    if (video.height === needed.height && video.width === needed.width) continue;
    report(pathOfRole(role), {
      code: "spectrum_size",
      video: name,
      size: sizeInWords(video),
      other,
      needed: sizeInWords(needed),
    });
  }
}

/** What is made: gray where nothing colored comes into it. */
export function equalizedVideo(settings: EqualizeSettings, facts: Facts): VideoFacts {
  const { color, ...video } = sameVideo(settings, facts);
  const staysGray = color === "gray" &&
    (settings.channels === "luminance" ||
      sourcesOf(settings, facts).every(({ video }) => video.color === "gray"));
  return { ...video, ...(staysGray && { color }) };
}

/** How many frames are read of each input. */
export function equalizeReads(settings: EqualizeSettings, facts: Facts): Record<string, number> {
  const wanted = settings.frames ?? Infinity;
  return Object.fromEntries(
    Object.entries(facts.videos).map(([role, { frames }]) => [role, Math.min(frames, wanted)]),
  );
}
