/**
 * How much a comparison of features has to compute.
 * @module
 */
import type { Facts, Work } from "../../plan/stage_kind.ts";
import { conditionsOf, videosOf } from "./conditions.ts";
import type { FeaturesSettings } from "./schema.ts";

/** One evaluation for each frame; those of videos of one size together, so that a run's measurement says how long they take. */
export function featuresWork(settings: FeaturesSettings, facts: Facts): Work[] {
  const videos = videosOf(conditionsOf(settings, facts)).map(({ facts }) => facts);
  const bySize = Map.groupBy(videos, ({ height, width }) => `${height} x ${width}`);
  return [...bySize.values()].flatMap((alike): Work[] => {
    const [first] = alike;
    if (first === undefined) return [];
    const { height, width } = first;
    const iterations = alike.reduce((sum, { frames }) => sum + frames, 0);
    return [{ height, width, iterations, parts: ["low_level_features"] }];
  });
}
