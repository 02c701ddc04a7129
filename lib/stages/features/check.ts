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
  if (reference === undefined) return;
  const among = reference.videos.map(({ name }) => name);
  for (const [index, { name: condition, videos }] of conditions.entries()) {
    const pairs = settings.pairs[condition];
    if (
      pairs !== undefined && (pairs.length !== videos.length || pairs.some((pair) => pair > among.length))
    ) {
      const facts = { condition, videos: videos.length, references: among.length };
      report(["pairs", condition], { code: "wrong_pairs", ...facts });
      continue;
    }
    const lost = videos.find((video) => video.reference === undefined);
    if (lost === undefined) continue;
    report(["videos", index], {
      code: "no_own_reference",
      video: lost.name,
      reference: reference.name,
      among,
    });
  }
}
