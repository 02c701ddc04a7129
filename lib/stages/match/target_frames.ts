/**
 * The frames of what a match's goal names.
 * @module
 */
import type { Frame } from "../../frames/frame.ts";
import type { Goal, StageContext } from "../../plan/stage_kind.ts";
import { keyframeValue } from "../../synthesis/keyframes.ts";
import { frameWithin } from "../../synthesis/length.ts";
import type { TargetFrames } from "../../synthesis/targets.ts";
import { type ModelWindow, timesBefore } from "../../synthesis/window.ts";
import { readerOf, type ReadFrame, sourceAt } from "../read_frames.ts";

type GoalTerm = Goal["terms"][number];
type GoalTarget = GoalTerm["targets"][number];

/** Reads what a goal names. */
export interface TargetReader {
  /** The frame of one target at a time. */
  frameAt(target: GoalTarget, time: number): Promise<Frame>;
  /** What a term matches at a time, with what its model sees before. */
  framesAt(term: GoalTerm, window: ModelWindow, time: number): Promise<readonly TargetFrames[]>;
}

/** The frames of a goal's targets from time 0 on, each as its `length` has it. */
export function targetReader(inputs: StageContext["inputs"]): TargetReader {
  const readers = new Map<string, ReadFrame>();
  const frameAt = async ({ role, length }: GoalTarget, time: number) => {
    const read = readers.getOrInsertComputed(role, () => readerOf(inputs, role));
    return await read(frameWithin(time, sourceAt(inputs, role).frames, length));
  };
  return {
    frameAt,
    framesAt: async ({ targets }, window, time) =>
      await Promise.all(targets.map(async (target): Promise<TargetFrames> => ({
        share: keyframeValue(target.share, time),
        current: await frameAt(target, time),
        before: await Promise.all(timesBefore(window, time, 0).map((before) => frameAt(target, before))),
      }))),
  };
}
