/**
 * The kind `ssim`: how alike videos look, frame by frame.
 * @module
 */
import { smallestSsimSide } from "../../analysis/ssim.ts";
import type { Facts, Json, ReportProblem, StageKind, Work } from "../../plan/stage_kind.ts";
import { pathOfRole, sizeInWords, videosListed } from "../video_list.ts";
import { ssimComparisons, ssimReferences } from "./comparisons.ts";
import { ssimMethods } from "./methods.ts";
import { ssimSchema, type SsimSettings } from "./schema.ts";

/** Structural similarity (Wang et al. 2004) of the frames as delivered. */
export const ssimKind: StageKind<SsimSettings> = {
  name: "ssim",
  summary: "Tells how alike videos look to a reference, frame by frame, by structural similarity (SSIM).",
  format: 2,
  artifact: "table",
  schema: ssimSchema,
  references: ssimReferences,
  write: (settings) => settings,
  check: checkSsim,
  notes: notesOnPredictions,
  makes: () => ({ made: "table" }),
  reads: readsOf,
  keyed: keyedSsim,
  work: ssimWork,
  deviations: () => [],
  methods: ssimMethods,
  async load() {
    const { runSsim } = await import("./run.ts");
    return runSsim;
  },
};

function checkSsim({ form }: SsimSettings, facts: Facts, report: ReportProblem): void {
  const [reference, ...others] = videosListed(facts);
  if (reference === undefined) return;
  const needed = sizeInWords(reference.facts);
  const window = smallestSsimSide(form);
  if (Math.min(reference.facts.height, reference.facts.width) < window) {
    report(["videos", 0], { code: "ssim_too_small", video: reference.name, size: needed, window });
  }
  for (const video of others) {
    const size = sizeInWords(video.facts);
    if (size === needed) continue;
    report(pathOfRole(video.role), {
      code: "ssim_size",
      video: video.name,
      size,
      needed,
      reference: reference.name,
    });
  }
}

/** Frames of one time are compared, and those of predictions are of later ones. */
function notesOnPredictions(_settings: SsimSettings, facts: Facts): string[] {
  const videos = videosListed(facts);
  const predicted = videos.filter(({ role }) => facts.kinds?.[role] === "predicted_frames");
  const [first] = predicted;
  if (first === undefined || predicted.length === videos.length) return [];
  return [
    `frame t of ${first.name} is the prediction of a frame \`context\` later, and is compared with frame t; ` +
    "the kind prediction compares predictions with the frames that they are of",
  ];
}

function readsOf(_settings: SsimSettings, facts: Facts): Record<string, number> {
  const comparisons = ssimComparisons(facts);
  const most = Math.max(0, ...comparisons.map(({ frames }) => frames));
  return Object.fromEntries([
    ...comparisons.map(({ reference }) => [reference.role, most]),
    ...comparisons.map(({ video, frames }) => [video.role, frames]),
  ]);
}

/** Names and numbers of frames stand in the table. */
function keyedSsim({ form }: SsimSettings, facts: Facts): Json {
  return {
    form,
    comparisons: ssimComparisons(facts).map(({ reference, video, frames }) => (
      { reference: reference.name, video: video.name, role: video.role, frames }
    )),
  };
}

function ssimWork({ form }: SsimSettings, facts: Facts): Work[] {
  const comparisons = ssimComparisons(facts);
  const [first] = comparisons;
  if (first === undefined) return [];
  const { height, width } = first.reference.facts;
  const iterations = comparisons.reduce((sum, { frames }) => sum + frames, 0);
  return [{ height, width, iterations, parts: [`ssim/${form}`] }];
}
