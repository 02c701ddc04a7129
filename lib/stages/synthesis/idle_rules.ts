/**
 * Rules of `stop` that no octave can come to.
 * @module
 */
import type { Keyframes, SynthesisSettings } from "../../synthesis/settings.ts";

/** Says in a sentence which rules can hold at no octave of any frame; nothing where all can. */
export function idleRules({ stop, octaves }: Pick<SynthesisSettings, "stop" | "octaves">): readonly string[] {
  if (stop === undefined) return [];
  const { minimum, plateau } = stop;
  const most = Math.max(...octaves.map(({ iterations }) => mostOf(iterations)));
  const octaveWithMost = `no octave has more than ${most} iterations`;
  if (minimum >= most) return [`stop never ends an octave: its minimum is ${minimum}, and ${octaveWithMost}`];
  if (plateau === undefined || plateau.iterations < most) return [];
  return [
    `stop.plateau never holds: it compares over ${plateau.iterations} iterations, and ${octaveWithMost}`,
  ];
}

/** The most at any frame: between keyframes numbers are no larger than at one of them. */
function mostOf(iterations: Keyframes): number {
  return Math.round(typeof iterations === "number" ? iterations : Math.max(...Object.values(iterations)));
}
