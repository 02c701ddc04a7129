/**
 * A quick look at a synthesis.
 * @module
 */
import type { Facts, Preview, PreviewScale } from "../../plan/stage_kind.ts";
import { octaveSteps, wholeIterations } from "../../synthesis/octaves.ts";
import { firstOptimizedTime } from "../../synthesis/padding.ts";
import type { Keyframes, OctaveSettings, SynthesisSettings } from "../../synthesis/settings.ts";
import { stageFrames, stageSize } from "./extent.ts";
import { firstWithoutIterations } from "./frame_without_iterations.ts";
import { brokenLimit, octaveLimits } from "./octave_limits.ts";

/** The same synthesis, smaller, of fewer frames and with fewer iterations. The videos that it reads are previews already. */
export function previewSynthesis(
  settings: SynthesisSettings,
  facts: Facts,
  scale: PreviewScale,
): Preview<SynthesisSettings> {
  const hasOwnSize = settings.height !== undefined || settings.width !== undefined;
  const full = stageSize(settings, facts);
  const size = hasOwnSize ? scale.size(full) : {};
  const sizeNote = hasOwnSize ? scale.sizeNote(full) : undefined;
  const frames = stageFrames(settings, facts);
  const smaller = {
    ...settings,
    ...size,
    ...(frames !== undefined && { frames: Math.min(frames, scale.frames) }),
  };
  const limits = octaveLimits(smaller, facts);
  const fitting = settings.octaves.filter((step) => brokenLimit(limits, step) === undefined);
  const { octaves, note } = chooseOctaves(settings.octaves, fitting);
  const scaled = octaves.map((step) => fewerIterations(step, scale));
  const first = firstOptimizedTime(settings.padding);
  const end = Math.min(frames ?? Infinity, scale.frames);
  const isLost = firstWithoutIterations(scaled, first, end) !== undefined &&
    firstWithoutIterations(settings.octaves, first, end) === undefined;
  return {
    settings: {
      ...smaller,
      octaves: isLost ? handedOver(settings.octaves, octaves, { first, end, scale }) : scaled,
    },
    notes: [sizeNote, note].filter((text) => text !== undefined),
  };
}

/** The octaves that are large enough; where none is, the last one at full size. */
function chooseOctaves(
  all: readonly OctaveSettings[],
  fitting: readonly OctaveSettings[],
): { readonly octaves: readonly OctaveSettings[]; readonly note?: string } {
  if (fitting.length === all.length) return { octaves: all };
  const left = all.filter((step) => !fitting.includes(step)).map(({ octave }) => octave).join(", ");
  const last = all.at(-1);
  if (fitting.length > 0 || last === undefined) {
    return { octaves: fitting, note: `too small for a preview and left out: octave ${left}` };
  }
  return {
    octaves: [{ ...last, octave: 0 }],
    note: `too small for a preview: octave ${left}; octave 0 stands in`,
  };
}

/** The kept octaves; frames that none of them optimizes get the iterations of the left out ones in the first. */
function handedOver(
  all: readonly OctaveSettings[],
  kept: readonly OctaveSettings[],
  { first, end, scale }: { readonly first: number; readonly end: number; readonly scale: PreviewScale },
): readonly OctaveSettings[] {
  const times = Array.from({ length: end - first }, (_, index) => first + index);
  return kept.map((step, index) => {
    const count = (time: number) => {
      const own = wholeIterations(step.iterations, time);
      if (own > 0 || index > 0 || octaveSteps(kept, time).length > 0) return own;
      return octaveSteps(all, time).reduce((sum, { iterations }) => sum + iterations, 0);
    };
    const iterations = Object.fromEntries(times.map((time) => [time, count(time)]));
    return fewerIterations({ ...step, iterations }, scale);
  });
}

function fewerIterations(step: OctaveSettings, scale: PreviewScale): OctaveSettings {
  const { iterations } = step;
  // An octave that a frame passes over stays passed over.
  const scaled = (count: number) => count === 0 ? 0 : scale.iterations(count);
  const fewer: Keyframes = typeof iterations === "number" ? scaled(iterations) : Object.fromEntries(
    Object.entries(iterations).map(([frame, count]) => [frame, scaled(count)]),
  );
  return { ...step, iterations: fewer };
}
