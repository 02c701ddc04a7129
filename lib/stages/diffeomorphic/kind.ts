/**
 * The kind `diffeomorphic`: a clip under one smooth warp (Stojanoski & Cusack, Journal of Vision 14(12):6, 2014).
 * @module
 */
import { z } from "zod";
import { stepsNeeded, stepsTaken, type WarpSettings } from "../../controls/warp_field.ts";
import type { StageKind } from "../../plan/stage_kind.ts";
import { seed, settingsMap, wholeNumber } from "../../workflow/fields.ts";
import {
  checkFrameCount,
  fewerFrames,
  oneVideoFields,
  type OneVideoSettings,
  readsTaken,
  sameVideo,
  videoReference,
} from "../one_video.ts";
import { diffeomorphicMethods } from "./methods.ts";

/** Which frames are warped, and how. */
export type DiffeomorphicSettings = OneVideoSettings & WarpSettings;

/** Keeps what is next to what, and how things move, while what they are is no longer seen. */
export const diffeomorphicKind: StageKind<DiffeomorphicSettings> = {
  name: "diffeomorphic",
  summary: "Warps all frames of a video smoothly and in the same way, without folding or tearing.",
  format: 1,
  artifact: "video",
  takesFrames: true,
  schema: settingsMap({
    ...oneVideoFields,
    amount: z.number().positive().max(1).default(0.05).describe(
      "How far the warp carries: the root mean square, across and down each, of the field's length over all steps, in frame heights.",
    ),
    components: wholeNumber(1).max(20).default(6).describe(
      "The field has waves of up to so many cycles per frame.",
    ),
    steps: wholeNumber(1).max(10_000).exactOptional().describe(
      "In how many small steps the field is followed. Left out: as many as make sure that nothing folds, and 20 at least.",
    ),
    seed: seed.default(1).describe("Seed of the warp."),
  }),
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
