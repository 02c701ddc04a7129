/**
 * A block scramble in the words of a methods section.
 * @module
 */
import type { Facts, Methods } from "../../plan/stage_kind.ts";
import { counted } from "../method_phrases.ts";
import { nameOfTaken } from "../one_video.ts";
import type { BlockScrambleStage } from "./schema.ts";

/** Which blocks changed their places, and where. */
export function blockScrambleMethods(settings: BlockScrambleStage, facts: Facts): Methods {
  const { block: { height, width, frames }, blocks, permutation, seed } = settings;
  const size = `${height} x ${width} pixels${blocks === "space" ? "" : ` and ${counted(frames, "frame")}`}`;
  const where = blocks === "space_time"
    ? "within the whole clip"
    : permutation === "shared"
    ? "within each frame, in the same way in all frames"
    : "within each frame, anew in each";
  return {
    made: `made from ${nameOfTaken(settings, facts)} by exchanging blocks of ${size} ${where}`,
    details: [`Which block came to which place was drawn at random (seed ${seed}).`],
    citations: [],
  };
}
