/** What must be there, whatever was done: which frames are finished, and by what that is still known. */
import { join, relative, sep } from "node:path";
import { framePath } from "../../../lib/store/layout.ts";

/** A frame that was finished. */
export interface KnownFrame {
  /** Its file was not damaged since. */
  readonly isWhole: boolean;
  /** `frames.jsonl` has its line. */
  readonly isRecorded: boolean;
  /** `events.jsonl` has its line. */
  readonly isLogged: boolean;
}

/** By number. */
export type KnownFrames = ReadonlyMap<number, KnownFrame>;

/** An instance in the store. */
export interface KnownInstance {
  readonly frames: KnownFrames;
  /** Of the new result, while it is made again. */
  readonly remade: KnownFrames;
  /** The new result is whole, and has begun to take the other's place. */
  readonly isMoving: boolean;
  /** Of one that makes a table: it is finished, and neither that nor its manifest was damaged since. */
  readonly hasTable: boolean;
}

/** One of which nothing is known to be there. */
export const nothing: KnownInstance = {
  frames: new Map(),
  remade: new Map(),
  isMoving: false,
  hasTable: false,
};

/**
 * The frames that nobody may make again: their files are whole and they are told of. A frame that only the log tells of
 * counts as long as all before it are told of, for frames follow from one another.
 */
export function finishedIn(frames: KnownFrames): ReadonlySet<number> {
  const finished = new Set<number>();
  for (const [frame, { isWhole, isRecorded }] of frames) if (isWhole && isRecorded) finished.add(frame);
  for (let frame = 0;; frame++) {
    const known = frames.get(frame);
    if (known?.isRecorded) continue;
    if (known === undefined || !known.isWhole || !known.isLogged) return finished;
    finished.add(frame);
  }
}

/** With something new of one frame. */
export function withFrame(frames: KnownFrames, frame: number, change: Partial<KnownFrame>): KnownFrames {
  const before = frames.get(frame) ?? { isWhole: false, isRecorded: false, isLogged: false };
  return new Map(frames).set(frame, { ...before, ...change });
}

/** With something new of all frames. */
export function withAll(frames: KnownFrames, change: Partial<KnownFrame>): KnownFrames {
  return new Map([...frames].map(([frame, known]) => [frame, { ...known, ...change }]));
}

/** After a file was damaged, `path` being inside the instance's folder. */
export function withDamage(instance: KnownInstance, path: string): KnownInstance {
  // Half of a result is here and half there: what this file was needed for is not known.
  if (instance.isMoving) return nothing;
  if (path.startsWith(`remake${sep}`)) {
    return { ...instance, remade: damagedFrames(instance.remade, relative("remake", path)) };
  }
  const isOfTable = ["manifest.json", "table.csv", "summary.json"].includes(path);
  return {
    ...instance,
    frames: damagedFrames(instance.frames, path),
    hasTable: instance.hasTable && !isOfTable,
  };
}

function damagedFrames(frames: KnownFrames, path: string): KnownFrames {
  if (path === "frames.jsonl") return withAll(frames, { isRecorded: false });
  if (path === "events.jsonl") return withAll(frames, { isLogged: false });
  for (const frame of frames.keys()) {
    if (path === join(framePath(frame))) return withFrame(frames, frame, { isWhole: false });
  }
  return frames;
}
