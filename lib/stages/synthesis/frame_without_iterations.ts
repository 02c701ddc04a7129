/**
 * Frames that no octave optimizes.
 * @module
 */
import { octaveSteps } from "../../synthesis/octaves.ts";
import type { Keyframes, OctaveSettings } from "../../synthesis/settings.ts";

/** The first frame, from `first` to before `end`, at which no octave has iterations; takes no longer for far keyframes. */
export function firstWithoutIterations(
  octaves: readonly OctaveSettings[],
  first: number,
  end: number,
): number | undefined {
  const times = [first, ...octaves.flatMap(({ iterations }) => endsOfIterations(iterations))];
  return times.filter((time) => time >= first && time < end).sort((a, b) => a - b)
    .find((time) => octaveSteps(octaves, time).length === 0);
}

/** The frames at which a number of iterations may have become 0: those after it passes one half, which rounds up. */
function endsOfIterations(iterations: Keyframes): number[] {
  if (typeof iterations === "number") return [];
  const points = Object.entries(iterations).map(([at, count]) => ({ at: Number(at), count }))
    .sort((a, b) => a.at - b.at);
  return points.flatMap((to, index) => {
    const from = points[index - 1];
    if (from === undefined || from.count < 0.5 || to.count >= 0.5) return [];
    const half = Math.floor(from.at + (from.count - 0.5) / (from.count - to.count) * (to.at - from.at));
    // The one after half, and its neighbors where the division has rounded.
    return [half, half + 1, half + 2];
  });
}
