/**
 * The kind `reverse`: a clip backwards.
 * @module
 */
import type { StageKind } from "../../plan/stage_kind.ts";
import { settingsMap } from "../../workflow/fields.ts";
import {
  checkFrameCount,
  fewerFrames,
  nameOfTaken,
  oneVideoFields,
  type OneVideoSettings,
  readsTaken,
  sameVideo,
  videoReference,
} from "../one_video.ts";

/** Keeps every frame and the speed of all motion, and turns its direction around. */
export const reverseKind: StageKind<OneVideoSettings> = {
  name: "reverse",
  summary: "Shows a video backwards.",
  format: 1,
  artifact: "video",
  takesFrames: true,
  schema: settingsMap(oneVideoFields),
  references: (settings) => [videoReference(settings)],
  write: (settings) => settings,
  preview: (settings, facts, scale) => ({ settings: fewerFrames(settings, facts, scale), notes: [] }),
  check: checkFrameCount,
  makes: (settings, facts) => ({ made: "video", video: sameVideo(settings, facts) }),
  reads: readsTaken,
  // The last one that is taken comes first.
  keyed: (settings, facts) => ({ frames: sameVideo(settings, facts).frames }),
  work(settings, facts) {
    const { height, width, frames } = sameVideo(settings, facts);
    return [{ height, width, iterations: frames, parts: ["copy"] }];
  },
  deviations: (settings, facts) =>
    sameVideo(settings, facts).frames === 1 ? ["a clip of 1 frame has no direction: it is as it was"] : [],
  methods: (settings, facts) => ({
    made: `made from ${nameOfTaken(settings, facts)} by reversing the order of its frames`,
    details: [],
    citations: [],
  }),
  async load() {
    const { runReverse } = await import("./run.ts");
    return runReverse;
  },
};
