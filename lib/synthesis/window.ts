/**
 * The frames that a model of motion sees beside the moving one.
 * @module
 */
import type { ModelDeclaration } from "../models/stream_model.ts";

/** How many frames a model sees, and every how many of the video it sees one. */
export type ModelWindow = Pick<ModelDeclaration, "frames" | "stride">;

/** How many frames back the oldest one is. */
export function reachOf({ frames, stride = 1 }: ModelWindow): number {
  return (frames - 1) * stride;
}

/**
 * Times of the frames before the one at `time`, oldest first. There is nothing before the first frame: it stands for what is
 * missing.
 */
export function timesBefore(window: ModelWindow, time: number, first: number): readonly number[] {
  const { frames, stride = 1 } = window;
  return Array.from(
    { length: frames - 1 },
    (_, index) => Math.max(first, time - (frames - 1 - index) * stride),
  );
}
