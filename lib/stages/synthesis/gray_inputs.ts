/**
 * Videos as a synthesis of gray frames sees them.
 * @module
 */
import { grayFrame, grayWeights, luminanceWeights } from "../../frames/gray.ts";
import type { StageContext } from "../../plan/stage_kind.ts";
import type { FrameSource } from "../../store/stage_store.ts";
import { frameOf } from "./read_inputs.ts";

/** The inputs without their colors: their luma, and where their numbers are light itself, their luminance. */
export function grayInputs(
  { inputs, facts }: Pick<StageContext, "inputs" | "facts">,
): StageContext["inputs"] {
  return Object.fromEntries(
    Object.entries(inputs).map(([role, source]) => {
      const weights = facts.videos[role]?.transfer === "linear" ? luminanceWeights : grayWeights;
      return [role, withoutColors(source, weights)];
    }),
  );
}

function withoutColors(source: FrameSource, weights: readonly [number, number, number]): FrameSource {
  return {
    frames: source.frames,
    async frame(index) {
      const { height, width, data } = grayFrame(frameOf(await source.frame(index)), weights);
      return { shape: [height, width, 3], data };
    },
  };
}
