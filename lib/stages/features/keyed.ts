/**
 * What decides the numbers of a comparison of features. Names, numbers of frames and frame rates are in it, for they stand in
 * its tables.
 * @module
 */
import type { Facts, Json } from "../../plan/stage_kind.ts";
import { conditionsOf } from "./conditions.ts";
import type { FeaturesSettings } from "./schema.ts";

/** The part of the key that comes from the settings. */
export function keyedFeatures(settings: FeaturesSettings, facts: Facts): Json {
  return {
    conditions: conditionsOf(settings, facts).map(({ name, videos }) => ({
      name,
      videos: videos.map(({ role, name, facts: { frames, fps }, reference }) => (
        { role, name, frames, fps, reference: reference?.name ?? null }
      )),
    })),
    seed: settings.seed,
  };
}

/** Every frame of every video is read. */
export function featuresReads(settings: FeaturesSettings, facts: Facts): Record<string, number> {
  const videos = conditionsOf(settings, facts).flatMap(({ videos }) => videos);
  return Object.fromEntries(videos.map(({ role, facts: { frames } }) => [role, frames]));
}
