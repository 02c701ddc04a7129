/**
 * The kind `phase_scramble`: the control stimulus that has a clip's amplitudes and neither its edges nor its objects.
 * @module
 */
import type { Facts, Json, StageKind, Work } from "../../plan/stage_kind.ts";
import { fewerFrames, sameVideo } from "../one_video.ts";
import { checkPhaseScramble } from "./check.ts";
import { phaseScrambleDeviations } from "./deviations.ts";
import { phaseScrambleMethods } from "./methods.ts";
import {
  colorRole,
  phaseScrambleReferences,
  phaseScrambleSchema,
  type PhaseScrambleStage,
} from "./schema.ts";

/** Spatiotemporal phase scrambling (Greco & Siegel 2025). */
export const phaseScrambleKind: StageKind<PhaseScrambleStage> = {
  name: "phase_scramble",
  summary: "Scrambles a video's phases in space and time and keeps its amplitudes.",
  format: 1,
  artifact: "video",
  takesFrames: true,
  schema: phaseScrambleSchema,
  references: phaseScrambleReferences,
  write: (settings) => settings,
  preview: (settings, facts, scale) => ({ settings: fewerFrames(settings, facts, scale), notes: [] }),
  check: checkPhaseScramble,
  makes: (settings, facts) => ({ made: "video", video: sameVideo(settings, facts) }),
  reads(settings, facts) {
    const { frames } = sameVideo(settings, facts);
    return { video: frames, [colorRole]: frames };
  },
  keyed: keyedPhaseScramble,
  work: phaseScrambleWork,
  deviations: phaseScrambleDeviations,
  methods: phaseScrambleMethods,
  async load() {
    const { runPhaseScramble } = await import("./run.ts");
    return runPhaseScramble;
  },
};

/** The step `clip` spreads every frame over all of them; without it more can be added. */
function keyedPhaseScramble(settings: PhaseScrambleStage, facts: Facts): Json {
  const { steps, angles, mode, channels, color_transfer, seed } = settings;
  const { frames, color } = sameVideo(settings, facts);
  return {
    steps,
    ...(steps !== "clip" && { angles }),
    ...(steps !== "frames" && { frames }),
    mode,
    channels: color === "gray" ? "same" : channels,
    color_transfer: color_transfer === "none" ? "none" : { variant: color_transfer.variant },
    seed,
  };
}

/** The step `clip` is done before the first frame can be finished. */
function phaseScrambleWork(settings: PhaseScrambleStage, facts: Facts): Work[] {
  const { steps, color_transfer } = settings;
  const { height, width, frames } = sameVideo(settings, facts);
  const whole = steps === "both" ? ["scramble_frame", "scramble_clip"] : ["scramble_clip"];
  const each = [...(color_transfer === "none" ? [] : [color_transfer.variant]), "write"];
  const perFrame = { first: 0, iterations: Array<number>(frames).fill(1) };
  return [
    { height, width, iterations: 1, parts: ["start"] },
    ...(steps === "frames" ? [] : [{ height, width, iterations: frames, parts: whole }]),
    {
      height,
      width,
      iterations: frames,
      parts: steps === "frames" ? ["scramble_frame", ...each] : each,
      frames: perFrame,
    },
  ];
}
