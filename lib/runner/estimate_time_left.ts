/**
 * When an instance will be finished, from the speed of this session.
 * @module
 */
import { secondsEach, type Speeds, unknownSpeeds } from "../plan/estimate.ts";
import type { Work } from "../plan/stage_kind.ts";
import type { Eta } from "./eta.ts";
import { createFrameEta } from "./frame_eta.ts";
import { createOctaveEta } from "./octave_eta.ts";

/** What is to be done, and what is known of the machine beforehand. */
export interface EtaOptions {
  readonly work: readonly Work[];
  /** What the plan knew of this machine. */
  readonly speeds?: Speeds;
  /** Milliseconds; only differences count. */
  readonly now: () => number;
}

/** Where the work has octaves their iterations count, else frames. */
export function estimateTimeLeft({ work, speeds = unknownSpeeds, now }: EtaOptions): Eta {
  const clock = () => now() / 1000;
  const hasOctaves = work.some(({ frames }) => frames?.octave !== undefined);
  if (!hasOctaves) return createFrameEta(work, clock);
  return createOctaveEta(work, (batch) => secondsEach(batch, speeds), clock);
}
