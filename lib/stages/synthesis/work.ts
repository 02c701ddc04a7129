/**
 * How much a synthesis has to compute.
 * @module
 */
import type { Facts, Work } from "../../plan/stage_kind.ts";
import { octaveSize, wholeIterations } from "../../synthesis/octaves.ts";
import { firstTime } from "../../synthesis/padding.ts";
import type { OctaveSettings, SynthesisSettings } from "../../synthesis/settings.ts";
import { stageFrames, stageSize } from "./extent.ts";
import { usedStreams } from "./roles.ts";

/** The iterations of each octave over all frames, padding included. */
export function synthesisWork(settings: SynthesisSettings, facts: Facts): Work[] {
  const size = stageSize(settings, facts);
  const frames = stageFrames(settings, facts) ?? 0;
  const first = firstTime(settings.padding) + (settings.padding.frames === 0 ? 0 : 1);
  const parts = usedStreams(settings).map((stream) => settings.streams[stream]);
  const total = (step: OctaveSettings): number => {
    if (typeof step.iterations === "number") return step.iterations * Math.max(0, frames - first);
    let sum = 0;
    for (let time = first; time < frames; time++) sum += wholeIterations(step.iterations, time);
    return sum;
  };
  return settings.octaves.map((step) => ({ ...octaveSize(size, step), iterations: total(step), parts }));
}
