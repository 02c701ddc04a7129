/**
 * The frames that a match looks at.
 * @module
 */
import { frameFromBytes, frameToBytes } from "../../frames/bytes.ts";
import type { Frame } from "../../frames/frame.ts";
import { codedFrame, decodedFrame, type Transfer } from "../../frames/transfer.ts";
import type { Goal, StageContext } from "../../plan/stage_kind.ts";
import type { FrameSource } from "../../store/stage_store.ts";
import { keyframeValue } from "../../synthesis/keyframes.ts";
import { frameWithin } from "../../synthesis/length.ts";
import type { TargetFrames } from "../../synthesis/targets.ts";
import { isTemporal } from "./comparisons.ts";

/** Reads frames; a time that was asked for lately is not read again. */
export type ReadFrame = (time: number) => Promise<Frame>;

type GoalTerm = Goal["terms"][number];
type GoalTarget = GoalTerm["targets"][number];

/** Reads what a goal names. */
export interface TargetReader {
  /** The frame of one target at a time. */
  frameAt(target: GoalTarget, time: number): Promise<Frame>;
  /** What a term matches at a time; temporal terms look at the time before, too. */
  framesAt(term: GoalTerm, time: number): Promise<readonly TargetFrames[]>;
}

/** How many times are kept: those around the one that is measured. */
const kept = 4;

/** The frames of an input as they are stored, float32 in [0, 1]. */
export function readerOf(inputs: StageContext["inputs"], role: string): ReadFrame {
  const source = sourceAt(inputs, role);
  return remembering(async (time) => {
    const { shape: [height = 0, width = 0], data } = await source.frame(time);
    return data instanceof Uint8Array ? frameFromBytes(data, height, width) : { height, width, data };
  });
}

/** The same frames as they are delivered: coded, and in 8 bits, rounded as the playable files round them. */
export function delivered(read: ReadFrame, transfer: Transfer): ReadFrame {
  return remembering(async (time) => asDelivered(await read(time), transfer));
}

/** What is left of a frame in a playable file, in the values that the frame had. */
export function asDelivered(frame: Frame, transfer: Transfer): Frame {
  const { height, width } = frame;
  return decodedFrame(frameFromBytes(frameToBytes(codedFrame(frame, transfer)), height, width), transfer);
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
    framesAt: async ({ term, targets }, time) =>
      await Promise.all(targets.map(async (target): Promise<TargetFrames> => ({
        share: keyframeValue(target.share, time),
        current: await frameAt(target, time),
        previous: isTemporal(term) ? await frameAt(target, time - 1) : undefined,
      }))),
  };
}

function sourceAt(inputs: StageContext["inputs"], role: string): FrameSource {
  const source = inputs[role];
  if (source === undefined) throw new Error(`no input ${role} among ${Object.keys(inputs).join(", ")}`);
  return source;
}

/** Keeps what was made last, so that the next times need not make it again. */
export function remembering<Made>(make: (time: number) => Promise<Made>): (time: number) => Promise<Made> {
  const made = new Map<number, Promise<Made>>();
  return (time) => {
    const before = made.get(time);
    if (before !== undefined) return before;
    const [oldest] = made.keys();
    if (made.size >= kept && oldest !== undefined) made.delete(oldest);
    const making = make(time);
    made.set(time, making);
    return making;
  };
}
