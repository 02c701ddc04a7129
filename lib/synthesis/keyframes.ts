/**
 * Numbers that change over the clip.
 * @module
 */
import type { Keyframes } from "./settings.ts";

/**
 * The value at an output frame: linear between neighboring keyframes, constant before the first and after the last.
 * Padding frames are negative. Throws an Error when there is no keyframe.
 */
export function keyframeValue(keyframes: Keyframes, frame: number): number {
  if (typeof keyframes === "number") return keyframes;
  const points = Object.entries(keyframes)
    .map(([at, value]) => ({ at: Number(at), value }))
    .sort((a, b) => a.at - b.at);
  const before = points.findLast((point) => point.at <= frame);
  const after = points.find((point) => point.at > frame);
  if (before === undefined || after === undefined) {
    const only = before ?? after;
    if (only === undefined) throw new Error("keyframes without a single frame");
    return only.value;
  }
  const share = (frame - before.at) / (after.at - before.at);
  return before.value + share * (after.value - before.value);
}
