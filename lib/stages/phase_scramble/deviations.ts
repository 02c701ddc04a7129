/**
 * Where phase scrambling departs from the paper's (Greco & Siegel 2025).
 * @module
 */
import type { Facts } from "../../plan/stage_kind.ts";
import { takenVideo } from "../one_video.ts";
import type { PhaseScrambleStage } from "./schema.ts";

/** Sentences for the manifest and the methods paragraph. */
export function phaseScrambleDeviations(settings: PhaseScrambleStage, facts: Facts): string[] {
  const { steps, angles, mode, channels, color_transfer } = settings;
  const { color, transfer } = takenVideo(facts);
  return [
    ...(steps === "both" ? [] : [stepWords[steps]]),
    ...(steps !== "clip" && angles === "per_frame"
      ? ["phases of each frame scrambled by angles of its own (the paper applies the same to all frames)"]
      : []),
    ...(mode === "replace" ? ["phases replaced by random ones (the paper adds random angles to them)"] : []),
    ...(color === "gray"
      ? ["frames are gray, red, green and blue being equal (the paper's have colors)"]
      : channels === "same"
      ? ["red, green and blue scrambled by the same angles (the paper scrambles each channel separately)"]
      : []),
    ...colorWords(color_transfer),
    ...(transfer === undefined ? [] : [
      `values of frames are ${
        transfer === "linear" ? "light" : `light^(1/${transfer.gamma})`
      } (the paper works with coded values)`,
    ]),
  ];
}

const stepWords = {
  frames: "phases scrambled in each frame alone (the paper also scrambles those of the whole clip)",
  clip: "phases of the whole clip scrambled alone (the paper scrambles those of each frame before)",
} as const;

function colorWords(transfer: PhaseScrambleStage["color_transfer"]): string[] {
  if (transfer === "none") {
    return ["no color transfer: values outside [0, 1] were clipped (the paper transfers the clip's colors)"];
  }
  return transfer.variant === "pdf_regrain"
    ? []
    : [`color transfer ${transfer.variant} (the authors' code matches distributions and regrains)`];
}
