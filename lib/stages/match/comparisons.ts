/**
 * What a match compares with what: the frames that are judged, the goal that they are judged by, and the clips of the null.
 * @module
 */
import type { Facts, Goal, Reference, VideoFacts } from "../../plan/stage_kind.ts";
import type { MatchSettings } from "./schema.ts";

/** Frames and the goal that they are judged by. */
export interface Comparison {
  /** Role of the stage that has the goal. */
  readonly role: string;
  /** Name of that instance. */
  readonly name: string;
  /** Name of the instance whose frames are judged: the same one, unless it is another video. */
  readonly judged: string;
  /** Role of the frames. */
  readonly frames: string;
  /** How many frames are judged, from the first. */
  readonly count: number;
  readonly video: VideoFacts;
  readonly goal: Goal & { readonly video: VideoFacts };
}

/** A clip of the null. */
export interface NullClip {
  readonly role: string;
  readonly name: string;
  readonly video: VideoFacts;
}

const videoRole = "video";

/** The stages, videos and models that a match names. */
export function matchReferences({ stage, video, null: clips }: MatchSettings): Reference[] {
  const wants = video === undefined ? "result" as const : "goal" as const;
  return [
    ...stage.map((name, index): Reference => ({ path: ["stage", index], name, wants })),
    ...(video === undefined ? [] : [{ path: [videoRole], name: video, wants: "video" } satisfies Reference]),
    ...clips.map((name, index): Reference => ({ path: ["null", index], name, wants: "videos" })),
  ];
}

/** One comparison for each stage instance, in the order in which they were named. */
export function comparisonsOf({ video }: Pick<MatchSettings, "video">, facts: Facts): readonly Comparison[] {
  return Object.entries(facts.goals ?? {}).map(([role, goal]) => {
    const frames = video === undefined ? role : videoRole;
    const found = videoAt(facts, frames);
    return {
      role,
      name: nameAt(facts, role),
      judged: nameAt(facts, frames),
      frames,
      count: Math.min(found.frames, goal.video.frames),
      video: found,
      goal,
    };
  });
}

/** The clips of the null, in the order in which they were named. */
export function nullClipsOf(facts: Facts): readonly NullClip[] {
  return Object.entries(facts.videos).filter(([role]) => role.startsWith("null.")).map(([role, video]) => (
    { role, name: nameAt(facts, role), video }
  ));
}

/** Name of the instance at a role. Throws an Error when the plan forgot it. */
export function nameAt({ names }: Facts, role: string): string {
  const name = names?.[role];
  if (name === undefined) throw new Error(`nothing is named at ${role}`);
  return name;
}

/** What is known of the video at a role. Throws an Error when the plan forgot it. */
export function videoAt({ videos }: Facts, role: string): VideoFacts {
  const facts = videos[role];
  if (facts === undefined) throw new Error(`nothing is known of the video at ${role}`);
  return facts;
}

/** The terms that compare frames one by one, and those that compare a frame and the one before it. */
export function isTemporal(term: Goal["terms"][number]["term"]): boolean {
  return term === "temporal_content" || term === "temporal_texture";
}

/** Names of the videos that a term matches. */
export function targetNames(facts: Facts, { targets }: Goal["terms"][number]): readonly string[] {
  return [...new Set(targets.map(({ role }) => nameAt(facts, role)))];
}
