/**
 * The kind `diffeomorphic`: a clip under one smooth warp (Stojanoski & Cusack, Journal of Vision 14(12):6, 2014).
 * @module
 */
import { stepsNeeded, stepsTaken } from "../../controls/warp_field.ts";
import type { StageKind } from "../../plan/stage_kind.ts";
import { checkFrameCount, fewerFrames, readsTaken, sameVideo, videoReference } from "../one_video.ts";
import { diffeomorphicMethods } from "./methods.ts";
import { diffeomorphicSchema, type DiffeomorphicSettings } from "./schema.ts";

/** Keeps what is next to what, and how things move, while what they are is no longer seen. */
export const diffeomorphicKind: StageKind<DiffeomorphicSettings> = {
  name: "diffeomorphic",
  summary: "Warps all frames of a video smoothly and in the same way, without folding or tearing.",
  format: 1,
  artifact: "video",
  takesFrames: true,
  schema: diffeomorphicSchema,
  references: (settings) => [videoReference(settings)],
  write: (settings) => settings,
  preview: (settings, facts, scale) => ({ settings: fewerFrames(settings, facts, scale), notes: [] }),
  check(settings, facts, report) {
    checkFrameCount(settings, facts, report);
    const { steps } = settings;
    if (steps === undefined) return;
    const needed = stepsNeeded(settings, sameVideo(settings, facts));
    if (steps < needed) report(["steps"], { code: "warp_folds", steps, needed });
  },
  makes: (settings, facts) => ({ made: "video", video: sameVideo(settings, facts) }),
  reads: readsTaken,
  keyed: ({ amount, components, steps, seed }) => ({ amount, components, steps: steps ?? null, seed }),
  work(settings, facts) {
    const video = sameVideo(settings, facts);
    const { height, width, frames } = video;
    return [
      { height, width, iterations: stepsTaken(settings, video), parts: ["warp_step"] },
      { height, width, iterations: frames, parts: ["warp"] },
    ];
  },
  deviations: () => [
    "the warp leaves the edges of the frame where they are, along themselves (Stojanoski & Cusack's leads out of the picture)",
  ],
  methods: diffeomorphicMethods,
  async load() {
    const { runDiffeomorphic } = await import("./run.ts");
    return runDiffeomorphic;
  },
};
