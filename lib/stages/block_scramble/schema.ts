/**
 * The settings of a block scramble as they stand in YAML.
 * @module
 */
import { z } from "zod";
import type { BlockScrambleSettings } from "../../controls/block_scramble.ts";
import { expects, frameCount, oneOf, problemIssue, seed, settingsMap, side } from "../../workflow/fields.ts";
import { oneVideoFields, type OneVideoSettings } from "../one_video.ts";

/** Which frames are scrambled, and how. */
export type BlockScrambleStage = OneVideoSettings & BlockScrambleSettings;

const block = settingsMap({
  height: side.describe("Height of a block in pixels."),
  width: side.describe("Width of a block in pixels."),
  frames: frameCount.exactOptional().describe(
    "How many frames a block lasts, with `blocks: space_time`. Left out: 1.",
  ),
});

const fields = settingsMap({
  ...oneVideoFields,
  block: z.union([side, block], { error: expects("block") }).describe(
    "Size of the blocks: their side in pixels, or a map. Where the size of the frames is no multiple of it, the blocks at the lower and right edge are cut and exchanged among those that are cut in the same way.",
  ),
  blocks: oneOf(["space", "space_time"]).default("space").describe(
    "What is exchanged: blocks of a frame within that frame, or blocks of the clip within the whole clip.",
  ),
  permutation: oneOf(["shared", "per_frame"]).exactOptional().describe(
    "With `blocks: space`: the same exchange in all frames (`shared`, which keeps motion within the blocks; so it is when left out), or another one in each.",
  ),
  seed: seed.default(1).describe("Seed of the exchange."),
});

/** From YAML to the settings of a block scramble. */
export const blockScrambleSchema: z.ZodType<BlockScrambleStage> = fields.transform((value, context) => {
  const { block, permutation = "shared", ...choices } = value;
  const { height, width, frames } = typeof block === "number"
    ? { height: block, width: block, frames: undefined }
    : block;
  const idle = choices.blocks === "space"
    ? frames !== undefined && ["block", "frames"]
    : value.permutation !== undefined && ["permutation"];
  if (idle !== false) {
    const fact = { code: "idle_setting", when: `blocks: ${choices.blocks}` } as const;
    context.issues.push({ ...problemIssue(fact, idle), input: value });
    return z.NEVER;
  }
  return { ...choices, permutation, block: { height, width, frames: frames ?? 1 } };
});

/** The settings in the language's words. */
export function writeBlockScramble({ block, permutation, ...choices }: BlockScrambleStage): unknown {
  const { height, width } = block;
  return choices.blocks === "space"
    ? { ...choices, permutation, block: { height, width } }
    : { ...choices, block };
}
