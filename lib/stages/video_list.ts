/**
 * Names that a stage gives in a list, and the videos that they stand for.
 * @module
 */
import { z } from "zod";
import type { Facts, Reference, SettingPath, VideoFacts } from "../plan/stage_kind.ts";
import { expects, name, problemIssue } from "../workflow/fields.ts";

/** A video, as a list names it. */
export interface ListedVideo {
  readonly role: string;
  /** Name of the instance: `metamer[clip=street,seed=2]`. */
  readonly name: string;
  readonly facts: VideoFacts;
}

/** A name, or a list of so many or more, each once. */
export function namesField(fewest = 1) {
  return z.union([name, z.array(name)], { error: expects("names") })
    .transform((value): readonly string[] => typeof value === "string" ? [value] : value)
    .check((context) => {
      const names = context.value;
      if (names.length < fewest) {
        context.issues.push({ ...problemIssue({ code: "too_few_items", needed: fewest }), input: names });
      }
      const repeated = names.findIndex((name, index) => names.indexOf(name) !== index);
      if (repeated < 0) return;
      const fact = { code: "repeated", value: names[repeated]! } as const;
      context.issues.push({ ...problemIssue(fact, [repeated]), input: names });
    });
}

/** The videos at `videos`, with all instances of each. */
export function videoReferences({ videos }: { readonly videos: readonly string[] }): Reference[] {
  return videos.map((name, index): Reference => ({ path: ["videos", index], name, wants: "videos" }));
}

/** The videos at `videos`, each once, in the order in which they are named. */
export function videosListed(facts: Pick<Facts, "videos" | "names">): readonly ListedVideo[] {
  const byName = new Map<string, ListedVideo>();
  for (const video of videosAt("videos.", facts)) if (!byName.has(video.name)) byName.set(video.name, video);
  return [...byName.values()];
}

/** The videos whose roles begin so, in the order in which they are named. */
export function videosAt(
  prefix: string,
  { videos, names }: Pick<Facts, "videos" | "names">,
): readonly ListedVideo[] {
  return Object.entries(videos).filter(([role]) => role.startsWith(prefix)).map(([role, facts]) => {
    const name = names?.[role];
    if (name === undefined) throw new Error(`nothing is named at ${role}`);
    return { role, name, facts };
  });
}

/** Where a video is named: problems take its role for the place. */
export function pathOfRole(role: string): SettingPath {
  return [role];
}

/** Height x width. */
export function sizeInWords({ height, width }: { readonly height: number; readonly width: number }): string {
  return `${height} x ${width}`;
}
