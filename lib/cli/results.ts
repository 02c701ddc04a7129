/**
 * What a finished instance leaves for people: playable files, and how well it matches.
 * @module
 */
import type { PlannedInstance } from "../plan/planned_instance.ts";
import { type Encoders, viewPath } from "../runner/encode_views.ts";
import { instancePaths } from "../store/layout.ts";
import { readManifest } from "../store/manifest.ts";
import { type MeanResiduals, meansOf } from "../store/residuals.ts";
import { encoders } from "./encoders.ts";
import type { LoadedWorkflow } from "./load_workflow.ts";

/** A clip is there to be looked at beside what was made of it; the lossless file of it is the user's own. */
export function encodersOf({ section, artifact }: PlannedInstance): Encoders {
  if (artifact.made !== "video") return {};
  const { mp4 } = encoders;
  return section === "videos" && mp4 !== undefined ? { mp4 } : encoders;
}

/** The playable files of an instance, by ending. */
export function videosOf(
  instance: PlannedInstance,
  { runs, name }: LoadedWorkflow,
): Readonly<Record<string, string>> {
  const endings = Object.keys(encodersOf(instance));
  return Object.fromEntries(endings.map((ending) => [ending, viewPath(runs, name, instance.name, ending)]));
}

/** How far a finished instance is from its targets; undefined where it has none. */
export async function residualsIn(
  { key }: PlannedInstance,
  runs: string,
): Promise<MeanResiduals | undefined> {
  const manifest = await readManifest(instancePaths(runs, key).manifest);
  return manifest?.residuals && meansOf(manifest.residuals);
}
