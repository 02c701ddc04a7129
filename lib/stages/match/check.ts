/**
 * What can be known to be wrong with a match before it runs.
 * @module
 */
import type { Facts, ReportProblem, SettingPath, VideoFacts } from "../../plan/stage_kind.ts";
import { pathOfRole, sizeInWords } from "../video_list.ts";
import { type Comparison, comparisonsOf, isTemporal, nullClipsOf } from "./comparisons.ts";
import type { MatchSettings } from "./schema.ts";

/** A video that the goal's models will see, and where it is named. */
interface Seen {
  readonly path: SettingPath;
  readonly name: string;
  readonly video: VideoFacts;
}

/** Reports everything that can be known without running. */
export function checkMatch(settings: MatchSettings, facts: Facts, report: ReportProblem): void {
  for (const comparison of comparisonsOf(settings, facts)) {
    const { judged: name, video, goal, count } = comparison;
    const path = judgedPath(settings, comparison);
    if (count < 2 && goal.terms.every(({ term }) => isTemporal(term))) {
      report(path, { code: "one_frame_of_motion", video: name });
    }
    const clips = nullClipsOf(facts).map(({ role, name, video }): Seen => ({
      path: pathOfRole(role),
      name,
      video,
    }));
    const own = clips.find((clip) => clip.name === name);
    if (own !== undefined) report(own.path, { code: "own_null", video: name });
    for (const seen of [{ path, name, video }, ...clips]) checkSize(seen, comparison, facts, report);
  }
}

function checkSize(
  { path, name, video }: Seen,
  { goal }: Comparison,
  facts: Facts,
  report: ReportProblem,
): void {
  const hasContent = goal.terms.some(({ term }) => term.endsWith("_content"));
  if (hasContent && (video.height !== goal.video.height || video.width !== goal.video.width)) {
    report(path, {
      code: "match_size",
      video: name,
      size: sizeInWords(video),
      needed: sizeInWords(goal.video),
    });
  }
  for (const { model: role } of goal.terms) {
    const model = facts.models[role];
    if (model === undefined || Math.min(video.height, video.width) >= model.smallestSide) continue;
    const { name: modelName, smallestSide } = model;
    report(path, {
      code: "too_small_for_model",
      video: name,
      size: sizeInWords(video),
      model: modelName,
      smallestSide,
    });
    return;
  }
}

/** Where the frames that are judged are named. */
function judgedPath({ video }: MatchSettings, { role }: Comparison): SettingPath {
  return video === undefined ? pathOfRole(role) : ["video"];
}
