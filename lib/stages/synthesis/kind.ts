/**
 * The kind `synthesis`: a video whose features match those of other videos, frame after frame.
 * @module
 */
import type { StageKind } from "../../plan/stage_kind.ts";
import type { SynthesisSettings } from "../../synthesis/settings.ts";
import { checkSynthesis } from "./check.ts";
import { synthesisDeviations } from "./deviations.ts";
import { stageVideo, synthesisReads } from "./extent.ts";
import { synthesisGoal } from "./goal.ts";
import { idleRules } from "./idle_rules.ts";
import { keyedSynthesis } from "./keyed.ts";
import { synthesisMethods } from "./methods.ts";
import { previewSynthesis } from "./preview.ts";
import { synthesisReferences } from "./roles.ts";
import { synthesisSchema } from "./schema.ts";
import { synthesisWork } from "./work.ts";
import { writeSynthesis } from "./write.ts";

/** Spatiotemporal style transfer (Greco & Siegel, Nature Computational Science 5, 2025). */
export const synthesisKind: StageKind<SynthesisSettings> = {
  name: "synthesis",
  summary: "Makes a video whose features match those of other videos (spatiotemporal style transfer).",
  format: 1,
  artifact: "video",
  schema: synthesisSchema,
  takesFrames: true,
  references: synthesisReferences,
  write: writeSynthesis,
  preview: previewSynthesis,
  check: checkSynthesis,
  notes: idleRules,
  makes: (settings, facts) => ({ made: "video", video: stageVideo(settings, facts) }),
  reads: synthesisReads,
  keyed: keyedSynthesis,
  work: synthesisWork,
  precision: ({ precision = "float32" }) => precision,
  goal: synthesisGoal,
  deviations: synthesisDeviations,
  methods: synthesisMethods,
  async load() {
    const { runSynthesis } = await import("./run.ts");
    return runSynthesis;
  },
};
