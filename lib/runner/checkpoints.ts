/**
 * When a running stage writes its state inside a frame, and what is told of it.
 * @module
 */
import type { Checkpoints } from "../plan/stage_kind.ts";
import type { EventBody } from "../store/events.ts";
import type { StageStore } from "../store/stage_store.ts";

/** A checkpoint follows the one before it after so many times what that one took: writing costs 2% of the time at most. */
export const leastPause = 49;

/** How often there are checkpoints. */
export interface CheckpointTimes {
  /** Seconds between two; 0 for none but those that the stage makes at any time. */
  readonly every: number;
  /** Milliseconds; only differences count. */
  readonly now?: () => number;
}

/** The time runs from now on, and from the last checkpoint. */
export function createCheckpoints(
  store: Pick<StageStore, "writeState">,
  emit: (event: EventBody) => void,
  { every, now = () => performance.now() }: CheckpointTimes,
): Checkpoints {
  let last = now();
  let seconds = 0;
  return {
    isDue: () => every > 0 && (now() - last) / 1000 >= Math.max(every, leastPause * seconds),
    async save(place, encode) {
      const began = now();
      const bytes = encode();
      await store.writeState(bytes);
      last = now();
      seconds = (last - began) / 1000;
      emit({ type: "checkpoint.saved", ...place, bytes: bytes.length, seconds });
    },
  };
}
