/**
 * Frames of a video that is read forwards, each with those before it.
 * @module
 */
import type { Frame } from "../../frames/frame.ts";
import type { FrameSource } from "../../store/stage_store.ts";
import { frameOf } from "../read_frames.ts";

/** The frames of a video by number. */
export interface VideoFrames {
  readonly frames: number;
  /** The same object while it is among those that were asked for last: what was made of it is known then. */
  frame(index: number): Promise<Frame>;
}

/**
 * Does not read again what was read, or begun to be read, for the transition before.
 * @param kept how many frames are kept: those that a transition looks at, from the oldest to its own
 */
export function recentFrames(source: FrameSource, kept: number): VideoFrames {
  const recent = new Map<number, Promise<Frame>>();
  return {
    frames: source.frames,
    frame(index) {
      const frame = recent.get(index) ?? source.frame(index).then(frameOf);
      recent.delete(index);
      recent.set(index, frame);
      const [oldest] = recent.keys();
      if (recent.size > kept && oldest !== undefined) recent.delete(oldest);
      return frame;
    },
  };
}
