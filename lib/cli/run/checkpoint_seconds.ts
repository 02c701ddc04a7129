/**
 * How often a run saves where it is inside a frame.
 * @module
 */
import type { RunSettings } from "../../workflow/top_level.ts";

/** Seconds between two checkpoints inside a frame; 0 for none but at octaves' ends and stops. */
export function checkpointSeconds({ checkpoint_every: every = 30 }: RunSettings): number {
  return every === "off" ? 0 : every;
}
