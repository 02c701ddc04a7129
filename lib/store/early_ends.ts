/**
 * How many of their iterations finished frames took, where rules may end octaves early.
 * @module
 */
import type { FinishedFrame } from "./frame_records.ts";

/** Octaves that ended before their iterations were done. */
export interface EarlyEnds {
  /** Of a frame that were done, on average. */
  readonly iterations: number;
  /** Of a frame that its schedule has, on average. */
  readonly of: number;
  /** Octaves that ended by their residual. */
  readonly residual: number;
  /** Octaves that ended on a plateau. */
  readonly plateau: number;
}

/** Undefined where every octave did all of its iterations. */
export function earlyEndsOf(records: Iterable<Pick<FinishedFrame, "octaves">>): EarlyEnds | undefined {
  const frames = Array.from(records, ({ octaves = [] }) => octaves).filter(({ length }) => length > 0);
  const octaves = frames.flat();
  const endedBy = (rule: "residual" | "plateau") => octaves.filter(({ ended }) => ended === rule).length;
  const [residual, plateau] = [endedBy("residual"), endedBy("plateau")];
  if (residual + plateau === 0) return undefined;
  const mean = (count: "iterations" | "of") =>
    octaves.reduce((sum, octave) => sum + octave[count], 0) / frames.length;
  return { iterations: mean("iterations"), of: mean("of"), residual, plateau };
}
