/**
 * What can be known to be wrong with a comparison of features before it runs, and what a reader of its numbers has to know.
 * @module
 */
import type { Facts, ReportProblem } from "../../plan/stage_kind.ts";
import { type Condition, conditionsOf } from "./conditions.ts";
import type { FeaturesSettings } from "./schema.ts";

/** Reports videos of which it can't be told which of the reference's videos they are to be compared with. */
export function checkFeatures(settings: FeaturesSettings, facts: Facts, report: ReportProblem): void {
  const conditions = conditionsOf(settings, facts);
  const [reference] = conditions;
  for (const [index, { videos }] of conditions.entries()) {
    const lost = videos.find((video) => video.reference === undefined);
    if (lost === undefined || reference === undefined) continue;
    const among = reference.videos.map(({ name }) => name);
    report(["videos", index], {
      code: "no_own_reference",
      video: lost.name,
      reference: reference.name,
      among,
    });
  }
}

/** Differences between the videos that limit how their numbers compare, in sentences. */
export function cautions(conditions: readonly Condition[]): readonly string[] {
  const videos = conditions.flatMap(({ videos }) => videos);
  return [
    ...new Set(videos.flatMap(({ name, facts, reference }): string[] => {
      if (reference === undefined) return [];
      const other = reference.facts;
      const found: string[] = [];
      if (facts.height !== other.height || facts.width !== other.width) {
        found.push(
          `${name} is ${facts.height} x ${facts.width}, ${reference.name} ${other.height} x ${other.width}: ` +
            "optical flow and spatial frequencies are in pixels of each video's own",
        );
      }
      if (facts.fps !== other.fps) {
        found.push(
          `${name} has ${rate(facts.fps)} frames per second, ${reference.name} ${
            rate(other.fps)
          }: pixel change and optical flow ` +
            "are per frame of each video's own, and nothing is compared frame by frame",
        );
      }
      return found;
    })),
  ];
}

function rate(fps: string): string {
  return String(Number(framesPerSecond(fps).toFixed(3)));
}

/** "30000/1001" as a number. */
export function framesPerSecond(fps: string): number {
  const [numerator = NaN, denominator = 1] = fps.split("/").map(Number);
  return numerator / denominator;
}
