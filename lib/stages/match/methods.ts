/**
 * A match in the words of a methods section.
 * @module
 */
import type { Facts, Methods } from "../../plan/stage_kind.ts";
import { comparisonsOf, nullClipsOf } from "./comparisons.ts";
import { listed } from "../method_phrases.ts";
import type { MatchSettings } from "./schema.ts";

/** What was judged, and what it was held against. */
export function matchMethods(settings: MatchSettings, facts: Facts): Methods {
  const judged = [...new Set(comparisonsOf(settings, facts).map(({ judged }) => judged))];
  const { shifted, scrambled, quantile } = settings;
  const clips = nullClipsOf(facts).map(({ name }) => name);
  const versions = [
    ...clips,
    ...(shifted > 0 ? [`the targets at ${shifted} other ${shifted === 1 ? "time" : "times"}`] : []),
    ...(scrambled > 0
      ? [
        `${scrambled} ${
          scrambled === 1 ? "version" : "versions"
        } of the targets with random angles added to their phases (the same in all frames and channels)`,
      ]
      : []),
  ];
  return {
    made: `made by comparing the frames of ${judged.join(", ")}, as delivered in 8 bits, with their targets`,
    details: [
      "Of each layer the residual is ||G - G'||² / ||G'||², with G the statistics of the frame and G' those of the target.",
      `As no match (the null) counted ${
        listed(versions)
      }; as the ceiling, the target's own neighboring frames.`,
      `A layer counts as matched when less than ${quantile} of the null's residuals are no larger than the frame's.`,
    ],
    citations: [],
  };
}
