/**
 * Videos as a synthesis of gray frames sees them.
 * @module
 */
import { grayOfValues } from "../../frames/gray_of_values.ts";
import type { Transfer } from "../../frames/transfer.ts";
import type { StageContext } from "../../plan/stage_kind.ts";
import type { FrameSource } from "../../store/stage_store.ts";
import { frameOf } from "../read_frames.ts";

/** The inputs without their colors, as a video of `color: gray` has none. */
export function grayInputs(
  { inputs, facts }: Pick<StageContext, "inputs" | "facts">,
): StageContext["inputs"] {
  return Object.fromEntries(
    Object.entries(inputs).map((
      [role, source],
    ) => [role, withoutColors(source, facts.videos[role]?.transfer ?? "srgb")]),
  );
}

function withoutColors(source: FrameSource, transfer: Transfer): FrameSource {
  return {
    frames: source.frames,
    async frame(index) {
      const { height, width, data } = grayOfValues(frameOf(await source.frame(index)), transfer);
      return { shape: [height, width, 3], data };
    },
  };
}
