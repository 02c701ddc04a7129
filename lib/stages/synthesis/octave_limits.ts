/**
 * Which octaves are too small for what looks at them.
 * @module
 */
import type { Size } from "../../frames/frame.ts";
import type { Facts } from "../../plan/stage_kind.ts";
import { octaveSize, smallestOctaveSide } from "../../synthesis/octaves.ts";
import type { OctaveSettings, SynthesisSettings } from "../../synthesis/settings.ts";
import { terms } from "../../synthesis/terms/table.ts";
import { modelFacts, stageSize, videoFacts } from "./extent.ts";
import { allTargets } from "./roles.ts";

/** Something that must have a size at every octave, and what needs it. */
export interface OctaveLimit {
  /** "the frame", or a target's name. */
  readonly of: string;
  readonly full: Size;
  /** In pixels, of the shorter side. */
  readonly smallest: number;
  /** Who needs it. */
  readonly why: string;
}

/** The frame, and every target, must be large enough for an octave and for the models. */
export function octaveLimits(settings: SynthesisSettings, facts: Facts): readonly OctaveLimit[] {
  const videos = allTargets(settings).map(({ term, target, role }) => {
    const { name, smallestSide } = modelFacts(facts, terms[term].stream);
    return { of: target.video, full: videoFacts(facts, role), smallest: smallestSide, why: name };
  });
  const full = stageSize(settings, facts);
  return [
    { of: "the frame", full, smallest: smallestOctaveSide, why: "an octave" },
    ...videos.map((video) => ({ ...video, of: "the frame", full })),
    ...videos,
  ];
}

/** The first limit that an octave falls below; undefined when it keeps all of them. */
export function brokenLimit(
  limits: readonly OctaveLimit[],
  step: Pick<OctaveSettings, "octave" | "scale">,
): OctaveLimit | undefined {
  return limits.find(({ full, smallest }) => {
    const { height, width } = octaveSize(full, step);
    return Math.min(height, width) < smallest;
  });
}
