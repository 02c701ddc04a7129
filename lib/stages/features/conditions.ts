/**
 * What a comparison of features compares with what: conditions, their videos, and the reference of each.
 * @module
 */
import type { Facts, Reference, VideoFacts } from "../../plan/stage_kind.ts";
import type { FeaturesSettings } from "./schema.ts";

/** A video that is measured. */
export interface FeaturesVideo {
  readonly role: string;
  /** Name of the instance: `metamer[clip=street,seed=2]`. */
  readonly name: string;
  readonly facts: VideoFacts;
}

/** A video beside the reference's video of the same clip. */
export interface ComparedVideo extends FeaturesVideo {
  /** Undefined where none of the reference's videos, or more than one, belongs to it. */
  readonly reference: FeaturesVideo | undefined;
}

/** What one entry of `videos` names. */
export interface Condition {
  /** The name in the workflow. */
  readonly name: string;
  readonly videos: readonly ComparedVideo[];
}

/** The videos that it names. */
export function featuresReferences({ videos }: FeaturesSettings): Reference[] {
  return videos.map((name, index) => ({ path: ["videos", index], name, wants: "videos" }));
}

/** In the order in which they are named; the first is the reference. */
export function conditionsOf({ videos: names }: FeaturesSettings, facts: Facts): readonly Condition[] {
  const named = names.map((_, index) => videosAt(`videos.${index}.`, facts));
  const [references = []] = named;
  return names.map((name, index) => ({
    name,
    videos: (named[index] ?? []).map((video) => ({
      ...video,
      reference: referenceOf(video, references, facts),
    })),
  }));
}

/** Every video once, however many conditions it belongs to. */
export function videosOf(conditions: readonly Condition[]): readonly ComparedVideo[] {
  const byName = new Map<string, ComparedVideo>();
  for (const video of conditions.flatMap(({ videos }) => videos)) {
    if (!byName.has(video.name)) byName.set(video.name, video);
  }
  return [...byName.values()];
}

function videosAt(prefix: string, { videos, names }: Facts): readonly FeaturesVideo[] {
  return Object.entries(videos).filter(([role]) => role.startsWith(prefix)).map(([role, facts]) => {
    const name = names?.[role];
    if (name === undefined) throw new Error(`nothing is named at ${role}`);
    return { role, name, facts };
  });
}

/**
 * The reference's video of the same clip: the only one; itself; else the one that has the video's name as a value of its matrix or
 * the other way round, or whose own values agree with those of the video.
 */
function referenceOf(
  { role, name }: FeaturesVideo,
  references: readonly FeaturesVideo[],
  { factors = {} }: Facts,
): FeaturesVideo | undefined {
  const [only] = references;
  if (references.length === 1) return only;
  const itself = references.find((reference) => reference.name === name);
  if (itself !== undefined) return itself;
  const own = factors[role] ?? {};
  const belonging = references.filter((reference) => {
    const its = factors[reference.role] ?? {};
    if (Object.values(own).includes(reference.name) || Object.values(its).includes(name)) return true;
    const common = Object.entries(its).filter(([variable]) => variable in own);
    return common.length > 0 && common.every(([variable, value]) => own[variable] === value);
  });
  return belonging.length === 1 ? belonging[0] : undefined;
}
