/**
 * What can be known to be wrong with a similarity before it runs.
 * @module
 */
import { samplesOf } from "../../analysis/vision_model/activity.ts";
import type { Facts, ReportProblem } from "../../plan/stage_kind.ts";
import { checkLengths, foreignModelFacts } from "../foreign_model.ts";
import { pathOfRole, sizeInWords, videosListed } from "../video_list.ts";
import { joinedWindows } from "./extent.ts";
import type { SimilaritySettings } from "./schema.ts";

/** Reports everything that can be known without running. */
export function checkSimilarity(settings: SimilaritySettings, facts: Facts, report: ReportProblem): void {
  const { name: model, input: { frames, layout }, shapes, channelsElsewhere = {} } = foreignModelFacts(facts);
  const { samples, window } = settings;
  if (videosListed(facts).length < 2) report(["videos"], { code: "too_few_items", needed: 2 });
  if (frames > 1 && window !== undefined && window !== frames) {
    report(["window"], { code: "window_of_model", model, frames });
  } else if (frames === 1 && samples === "frames" && window === 1) {
    report(["window"], { code: "too_small", minimum: 2, inclusive: true, found: window });
  }
  for (const [layer, axis] of Object.entries(channelsElsewhere)) {
    const shape = (shapes[layer] ?? []).map((length) => length ?? "any").join(", ");
    report(["layers", layer], { code: "channels_elsewhere", layer, model, layout, shape, axis });
  }
  const joined = joinedWindows(settings, facts);
  for (const [layer, shape] of Object.entries(shapes)) {
    const each = samplesOf(shape, samples, layout);
    const found = each === undefined ? undefined : samples === "channels" ? each : each * joined;
    if (found !== undefined && found < 2) {
      report(["layers", layer], { code: "too_few_samples", layer, samples, found });
    }
  }
  checkLengths(facts, joined - 1, report);
  if (samples === "locations") checkSizes(facts, report);
}

/** Places of two videos are paired, and a model that takes frames at their own size may have as many as they have. */
function checkSizes(facts: Facts, report: ReportProblem): void {
  const { name: model, input: { size, layout }, shapes } = foreignModelFacts(facts);
  const [reference, ...others] = videosListed(facts);
  const follow = (shape: readonly (number | null)[]) => samplesOf(shape, "locations", layout) === undefined;
  if (size !== "native" || reference === undefined || !Object.values(shapes).some(follow)) return;
  const needed = sizeInWords(reference.facts);
  for (const video of others) {
    const size = sizeInWords(video.facts);
    if (size === needed) continue;
    report(pathOfRole(video.role), {
      code: "similarity_size",
      video: video.name,
      size,
      needed,
      reference: reference.name,
      model,
    });
  }
}
