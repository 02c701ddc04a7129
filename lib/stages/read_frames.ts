/**
 * Reading the frames of a stage's inputs, by time.
 * @module
 */
import { frameFromBytes, frameToBytes } from "../frames/bytes.ts";
import type { Frame } from "../frames/frame.ts";
import { codedFrame, decodedFrame, type Transfer } from "../frames/transfer.ts";
import type { StageContext, VideoFacts } from "../plan/stage_kind.ts";
import type { FrameSource, StoredArray } from "../store/stage_store.ts";

/** Reads frames; a time that was asked for lately is not read again. */
export type ReadFrame = (time: number) => Promise<Frame>;

/** How many times are kept: those around the one that is looked at. */
const kept = 4;

/** A stored frame as float32 in [0, 1]. */
export function frameOf({ shape, data }: StoredArray): Frame {
  const [height = 0, width = 0] = shape;
  return data instanceof Uint8Array ? frameFromBytes(data, height, width) : { height, width, data };
}

/** The input of a role. Throws an Error when the stage refers to no such one. */
export function sourceAt(inputs: StageContext["inputs"], role: string): FrameSource {
  const source = inputs[role];
  if (source === undefined) throw new Error(`no input ${role} among ${Object.keys(inputs).join(", ")}`);
  return source;
}

/** The frames of an input as they are stored, float32 in [0, 1]. */
export function readerOf(inputs: StageContext["inputs"], role: string): ReadFrame {
  const source = sourceAt(inputs, role);
  return remembering(async (time) => frameOf(await source.frame(time)));
}

/** The same frames as they are delivered: coded, and in 8 bits, rounded as the playable files round them. */
export function delivered(read: ReadFrame, transfer: Transfer): ReadFrame {
  return remembering(async (time) => asDelivered(await read(time), transfer));
}

/** The values from 0 to 1 that people see on a screen, whatever values the video's frames are worked with. */
export function codedReader(
  inputs: StageContext["inputs"],
  { role, facts }: { readonly role: string; readonly facts: VideoFacts },
): ReadFrame {
  const read = readerOf(inputs, role);
  return remembering(async (time) => {
    const frame = await read(time);
    return frameFromBytes(deliveredBytes(frame, facts.transfer ?? "srgb"), frame.height, frame.width);
  });
}

/** What is left of a frame in a playable file, in the values that the frame had. */
export function asDelivered(frame: Frame, transfer: Transfer): Frame {
  const { height, width } = frame;
  return decodedFrame(frameFromBytes(deliveredBytes(frame, transfer), height, width), transfer);
}

/** What a playable file holds of a frame: coded values (sRGB) in 8 bits, height x width x 3. */
export function deliveredBytes(frame: Frame, transfer: Transfer): Uint8Array {
  return frameToBytes(codedFrame(frame, transfer));
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
