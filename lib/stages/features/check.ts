/**
 * What can be known to be wrong with a comparison of features before it runs.
 * @module
 */
import type { Facts, ReportProblem } from "../../plan/stage_kind.ts";
import { conditionsOf } from "./conditions.ts";
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
