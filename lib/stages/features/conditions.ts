/**
 * What a comparison of features compares with what: conditions, their videos, and the reference of each.
 * @module
 */
import type { Facts, Reference, SettingPath } from "../../plan/stage_kind.ts";
import { type ListedVideo, videosAt } from "../video_list.ts";
import type { FeaturesSettings, NamedVideos } from "./schema.ts";

/** A video beside the reference's video of the same clip. */
export interface ComparedVideo extends ListedVideo {
  /** Undefined where none of the reference's videos, or more than one, belongs to it. */
  readonly reference: ListedVideo | undefined;
}

/** What one entry of `videos` names. */
export interface Condition {
  /** What it is called: the name in the workflow, or a label. */
  readonly name: string;
  readonly videos: readonly ComparedVideo[];
}

/** The videos that it names. Labels stand in the paths, so that a list of names can be put in place of one. */
export function featuresReferences({ videos }: FeaturesSettings): Reference[] {
  return videos.flatMap((named, index) =>
    named.names.map((name, of): Reference => ({ path: pathOf(named, index, of), name, wants: "videos" }))
  );
}

function pathOf({ label }: NamedVideos, index: number, of: number): SettingPath {
  return ["videos", index, label, of];
}

/** In the order in which they are named; the first is the reference. */
export function conditionsOf({ videos: named, pairs }: FeaturesSettings, facts: Facts): readonly Condition[] {
  const found = named.map(({ label }, index) => videosAt(`videos.${index}.${label}.`, facts));
  const [references = []] = found;
  return named.map(({ label }, index) => ({
    name: label,
    videos: (found[index] ?? []).map((video, at) => {
      const pair = pairs[label]?.[at];
      const reference = pair === undefined ? referenceOf(video, references, facts) : references[pair - 1];
      return { ...video, reference };
    }),
  }));
}

/**
 * The settings with what each video is compared with written out, where the reference is several videos: so they mean the same
 * when every instance of a matrix has become a stage of its own.
 */
export function writtenFeatures(settings: FeaturesSettings, facts?: Facts): unknown {
  const { videos, seed } = settings;
  const entries = videos.map(({ label, names }) => ({ [label]: names }));
  return { videos: entries, pairs: facts === undefined ? settings.pairs : pairsOf(settings, facts), seed };
}

function pairsOf(settings: FeaturesSettings, facts: Facts): FeaturesSettings["pairs"] {
  const [reference, ...others] = conditionsOf(settings, facts);
  if (reference === undefined || reference.videos.length < 2) return settings.pairs;
  const numbers = new Map(reference.videos.map(({ name }, index) => [name, index + 1]));
  return Object.fromEntries(others.map(({ name, videos }) => [
    name,
    videos.flatMap(({ reference }) => numbers.get(reference?.name ?? "") ?? []),
  ]));
}

/** Every video once, however many conditions it belongs to. */
export function videosOf(conditions: readonly Condition[]): readonly ComparedVideo[] {
  const byName = new Map<string, ComparedVideo>();
  for (const video of conditions.flatMap(({ videos }) => videos)) {
    if (!byName.has(video.name)) byName.set(video.name, video);
  }
  return [...byName.values()];
}

/**
 * The reference's video of the same clip: the only one; itself; else the one that has the video's name as a value of its matrix or
 * the other way round, or whose own values agree with those of the video.
 */
function referenceOf(
  { role, name }: ListedVideo,
  references: readonly ListedVideo[],
  { factors = {} }: Facts,
): ListedVideo | undefined {
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
