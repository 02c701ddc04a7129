/**
 * The kind `frame_shuffle`: a clip's frames in an order drawn by chance.
 * @module
 */
import type { StageKind } from "../../plan/stage_kind.ts";
import {
  checkFrameCount,
  fewerFrames,
  nameOfTaken,
  readsTaken,
  sameVideo,
  videoReference,
} from "../one_video.ts";
import { frameShuffleSchema, type FrameShuffleSettings } from "./schema.ts";

/** Keeps every frame, and with them all that is not motion. */
export const frameShuffleKind: StageKind<FrameShuffleSettings> = {
  name: "frame_shuffle",
  summary: "Puts a video's frames into an order drawn by chance.",
  format: 1,
  artifact: "video",
  takesFrames: true,
  schema: frameShuffleSchema,
  references: (settings) => [videoReference(settings)],
  write: (settings) => settings,
  preview: (settings, facts, scale) => ({ settings: fewerFrames(settings, facts, scale), notes: [] }),
  check: checkFrameCount,
  makes: (settings, facts) => ({ made: "video", video: sameVideo(settings, facts) }),
  reads: readsTaken,
  // With more frames each may stand elsewhere.
  keyed: (settings, facts) => ({ seed: settings.seed, frames: sameVideo(settings, facts).frames }),
  work(settings, facts) {
    const { height, width, frames } = sameVideo(settings, facts);
    return [{ height, width, iterations: frames, parts: ["copy"] }];
  },
  deviations: (settings, facts) =>
    sameVideo(settings, facts).frames === 1 ? ["a clip of 1 frame has no other order: it is as it was"] : [],
  methods: (settings, facts) => ({
    made: `made from ${nameOfTaken(settings, facts)} by putting its frames into another order`,
    details: [`The order was drawn evenly from all but the clip's own (seed ${settings.seed}).`],
    citations: [],
  }),
  async load() {
    const { runFrameShuffle } = await import("./run.ts");
    return runFrameShuffle;
  },
};
