/**
 * The frames of a stage that makes each of them in one go, one after the other.
 * @module
 */
import type { StageContext } from "../plan/stage_kind.ts";
import type { StoredArray } from "../store/stage_store.ts";

/**
 * Writes the frames that are missing, from the first one on. Ends after the frame in progress when a stop is requested.
 * @param count how many there will be
 */
export async function makeFrames(
  { store, emit, stopRequested }: Pick<StageContext, "store" | "emit" | "stopRequested">,
  count: number,
  make: (frame: number) => Promise<StoredArray>,
): Promise<void> {
  // Asked anew after each frame: when a damaged one was made again with the same bytes, the later ones still count.
  for (let frame = await store.finishedFrames(0); frame < count; frame = await store.finishedFrames(0)) {
    if (stopRequested()) return;
    const began = performance.now();
    const made = await make(frame);
    const seconds = (performance.now() - began) / 1000;
    await store.writeFrame(frame, made, { seconds });
    emit({ type: "frame.finished", frame, of: count, seconds });
  }
}
