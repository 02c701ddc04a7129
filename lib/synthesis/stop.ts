/**
 * When an octave is done: rules over what each evaluation of the objective says, of which none is made for their sake.
 * @module
 */
import { type PlateauSettings, type StopSettings, targetTerms } from "./settings.ts";
import type { LayerValues } from "./targets.ts";

/** Why an octave ended: its iterations are done, or a rule of `stop` holds. */
export type EndReason = "iterations" | "residual" | "plateau";

/** All reasons. */
export const endReasons: readonly EndReason[] = ["iterations", "residual", "plateau"];

/** How an octave ended. */
export interface OctaveEnd {
  /** As the schedule calls it: 0 is full size. */
  readonly octave: number;
  /** Updates that were made. */
  readonly iterations: number;
  /** How many the schedule allows. */
  readonly of: number;
  /** Why. */
  readonly ended: EndReason;
}

/** Where an octave is after an evaluation. */
export interface Standing {
  /** Updates that were made. */
  readonly iteration: number;
  /** The lowest weighted loss after 0, 1 ... updates. */
  readonly lowest: readonly number[];
  /**
   * Relative residuals of what is minimized, at the frame that was evaluated; empty where the octave would end with a better one
   * from before, whose residuals were looked at when it was evaluated, unless that was before the minimum.
   */
  readonly residuals: LayerValues;
}

/** Each loss, or the lowest one before it. */
export function lowestSoFar(losses: readonly number[]): number[] {
  let lowest = Infinity;
  return losses.map((loss) => lowest = Math.min(lowest, loss));
}

/** Why the octave ends here; undefined when it goes on. */
export function reasonToEnd(
  { iteration, lowest, residuals }: Standing,
  iterations: number,
  stop: StopSettings | undefined,
): EndReason | undefined {
  if (iteration >= iterations) return "iterations";
  if (stop === undefined || iteration < stop.minimum) return undefined;
  if (stop.residual !== undefined && largestMean(residuals) <= stop.residual) return "residual";
  if (stop.plateau !== undefined && isFlat(lowest, stop.plateau)) return "plateau";
  return undefined;
}

/** What `stop: { residual }` compares: the mean over the layers of the term where it is largest; Infinity without any term. */
export function largestMean(residuals: LayerValues): number {
  const means = targetTerms.flatMap((term) => {
    const layers = Object.values(residuals[term] ?? {});
    return layers.length === 0 ? [] : [layers.reduce((sum, value) => sum + value, 0) / layers.length];
  });
  return means.length === 0 ? Infinity : Math.max(...means);
}

/** True when the lowest loss has fallen by at most the share `improvement` in the last iterations. */
function isFlat(lowest: readonly number[], { iterations, improvement }: PlateauSettings): boolean {
  const [then, now] = [lowest.at(-1 - iterations), lowest.at(-1)];
  return then !== undefined && now !== undefined && now >= (1 - improvement) * then;
}
