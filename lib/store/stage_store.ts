/**
 * What a running stage sees of its folder in the store.
 * @module
 */

import type { OctaveRecord } from "./events.ts";
import type { GrowingArray, GrowingArrayRequest } from "./growing_array.ts";
import type { ReportFile, TableFile } from "./result_files.ts";

/** An array on its way into or out of the store. */
export interface StoredArray {
  readonly shape: readonly number[];
  readonly data: Float32Array | Uint8Array;
}

/** What is recorded of a finished frame beside its bytes. */
export interface FrameRecord {
  /** Raw losses after the last iteration, by term. */
  readonly losses?: Readonly<Record<string, number>>;
  /** ||G - G'||^2 / ||G'||^2 after the last iteration, by term and layer. */
  readonly residuals?: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly seconds: number;
  /** Of all octaves together. */
  readonly iterations?: number;
  /** In the order in which the frame went through them. */
  readonly octaves?: readonly OctaveRecord[];
}

/** Frames of a finished instance, as another stage reads them. */
export interface FrameSource {
  readonly frames: number;
  /** The frame as stored: float32 in [0, 1] or uint8, height x width x 3. Throws RunError when it is missing or damaged. */
  frame(index: number): Promise<StoredArray>;
}

/** The state that was written last, and the one before it, for when that one is damaged. */
export type StateGeneration = "newest" | "previous";

/** The folder of one instance. Every write is durable (temporary file, fsync, rename) before its promise resolves. */
export interface StageStore {
  /**
   * Frames that are finished and whole, in order, as a count from `first`: 0, or -padding. Padding counts as finished when frame 0 is.
   * Worth asking again after each frame: when a damaged frame was computed again with the same bytes, the later ones still count.
   */
  finishedFrames(first: number): Promise<number>;
  /** Negative numbers are padding frames. Throws RunError when the frame is missing or damaged. */
  readFrame(index: number): Promise<StoredArray>;
  /** Finishes a frame. If it was there before with other bytes, all later frames are no longer finished. */
  writeFrame(index: number, frame: StoredArray, record: FrameRecord): Promise<void>;
  /** Removes padding frames; called when frame 0 is finished. */
  removePadding(): Promise<void>;
  /** A state inside a frame, or undefined when there is none. The stage decides whether it can be trusted. */
  readState(generation: StateGeneration): Promise<Uint8Array | undefined>;
  /** The newest state becomes the previous one. */
  writeState(bytes: Uint8Array): Promise<void>;
  /** For a state that cannot be read, so that it does not take the place of the one before. */
  removeState(generation: StateGeneration): Promise<void>;
  /** Writes a file of a stage that makes a table; it is finished when it has written `table.csv` and `summary.json`. */
  writeTable(file: TableFile, text: string): Promise<void>;
  /** Writes a file of a stage that makes a report; it is finished when it has written its page, which is the last. */
  writeReport(file: ReportFile, content: string | Uint8Array): Promise<void>;
  /** How many rows of an array beside a table are there. */
  arrayRows(request: Omit<GrowingArrayRequest, "done">): Promise<number>;
  /** An array beside a table, in a file that grows; not durable before it is told to sync. */
  openArray(request: GrowingArrayRequest): Promise<GrowingArray>;
  /** Reads an array beside a table as an .npy file, or throws NotFound. */
  readArray(name: string): Promise<Uint8Array>;
  /** Writes a whole file beside a table's arrays. */
  writeArray(name: string, bytes: Uint8Array | string): Promise<void>;
  /** Removes one of them, where it is. */
  removeArray(name: string): Promise<void>;
}
