/**
 * What an optimizer is: pure functions, with all that it remembers outside.
 * @module
 */
import type { Frame } from "../../frames/frame.ts";

/** What an optimizer remembers between iterations: arrays by the names that checkpoints give them. */
export type OptimizerState = Readonly<Record<string, Float64Array>>;

/** What an update is made from. */
export interface UpdateInput {
  readonly frame: Frame;
  /** As many values as the frame. */
  readonly gradient: Float32Array;
  readonly learningRate: number;
  /** What the gradient is of, at the frame. */
  readonly loss: number;
  /** 1 for the first update of an octave. */
  readonly iteration: number;
  readonly state: OptimizerState;
}

/** An update: the next frame, clipped to [0, 1]. */
export interface Update {
  readonly frame: Frame;
  readonly state: OptimizerState;
  /** False when the gradient allowed no step: the frame is the old one. */
  readonly moved: boolean;
  /** Given where a constant against division by 0 outweighs the gradient: how many times shorter it makes the step. */
  readonly slowed?: number;
}

/** A frame that was evaluated. */
export interface BestFrame {
  /** As many values as the frame. */
  readonly data: Float32Array;
  readonly loss: number;
}

/** From gradients to frames. Begins anew at each octave, where the frame has another size. */
export interface Optimizer {
  readonly name: string;
  init(frame: Frame): OptimizerState;
  /** Leaves its input as it is. Computed in float64. */
  update(input: UpdateInput): Update;
  /** The best frame that updates began from; left out by optimizers that take no step back, whose last frame is their result. */
  best?(state: OptimizerState): BestFrame | undefined;
  /** What `best` needs of the state, for a checkpoint where no update follows; left out where that is all or not much less. */
  atEnd?(state: OptimizerState): OptimizerState;
}

/** The value, at most 1 and at least 0. */
export function clip(value: number): number {
  return value < 0 ? 0 : value > 1 ? 1 : value;
}
