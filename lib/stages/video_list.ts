/**
 * The videos that a stage measures, as it names them in a list.
 * @module
 */
import { z } from "zod";
import type { Facts, SettingPath, VideoFacts } from "../plan/stage_kind.ts";
import { name, problemIssue } from "../workflow/fields.ts";

/** A video that is measured. */
export interface ListedVideo {
  readonly role: string;
  /** Name of the instance: `metamer[clip=street,seed=2]`. */
  readonly name: string;
  readonly facts: VideoFacts;
}

/** So many names of videos or more, each once. */
export function videoNames(fewest: number) {
  return z.array(name).min(fewest).check((context) => {
    const repeated = context.value.find((name, index) => context.value.indexOf(name) !== index);
    if (repeated === undefined) return;
    context.issues.push({ ...problemIssue({ code: "repeated", value: repeated }), input: context.value });
  });
}

/** The videos at `videos`, each once, in the order in which they are named. */
export function videosListed({ videos, names }: Pick<Facts, "videos" | "names">): readonly ListedVideo[] {
  const byName = new Map<string, ListedVideo>();
  for (const [role, facts] of Object.entries(videos)) {
    const name = names?.[role];
    if (name === undefined) throw new Error(`nothing is named at ${role}`);
    if (!byName.has(name)) byName.set(name, { role, name, facts });
  }
  return [...byName.values()];
}

/** Where a video is named, from its role: `videos.1.0` is at videos[1]. */
export function pathInList({ role }: ListedVideo): SettingPath {
  const [, index] = role.split(".");
  return ["videos", Number(index)];
}

/** Height x width. */
export function sizeInWords({ height, width }: { readonly height: number; readonly width: number }): string {
  return `${height} x ${width}`;
}
