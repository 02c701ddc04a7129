/**
 * How much a synthesis has to compute.
 * @module
 */
import type { Facts, Work } from "../../plan/stage_kind.ts";
import { octaveSize, octaveSteps } from "../../synthesis/octaves.ts";
import { firstTime } from "../../synthesis/padding.ts";
import type { SynthesisSettings } from "../../synthesis/settings.ts";
import { stageFrames, stageSize } from "./extent.ts";
import { usedStreams } from "./roles.ts";

/** The iterations of each octave over all frames, padding included. */
export function synthesisWork(settings: SynthesisSettings, facts: Facts): Work[] {
  const size = stageSize(settings, facts);
  const frames = stageFrames(settings, facts) ?? 0;
  const first = firstTime(settings.padding) + (settings.padding.frames === 0 ? 0 : 1);
  const parts = usedStreams(settings).map((stream) => settings.streams[stream]);
  const totals = settings.octaves.map(() => 0);
  for (let time = first; time < frames; time++) {
    octaveSteps(settings.octaves, time).forEach(({ iterations }, index) => {
      totals[index] = (totals[index] ?? 0) + iterations;
    });
  }
  return settings.octaves.map((step, index) => (
    { ...octaveSize(size, step), iterations: totals[index] ?? 0, parts }
  ));
}
