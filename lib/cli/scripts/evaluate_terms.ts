/**
 * Loss terms of frames that a script hands over.
 * @module
 */
import {
  type EvaluatedTerms,
  type EvaluateTermsRequest,
  evaluateTermsWith,
} from "../../synthesis/evaluate_terms.ts";
import { type Machinery, withMachinery } from "./machinery.ts";

/**
 * The raw loss (no weight, no multiplier) of each term that has a target, and of total variation, with its gradient
 * with respect to `current`.
 *
 * Terms are `spatial_content`, `spatial_texture`, `temporal_content`, `temporal_texture`. Content targets must have the
 * size of `current`; texture targets may have any. Temporal terms need `previous` and each target's `previous`.
 *
 * Throws a RunError when frames, models or layers do not fit, a MissingError when weights cannot be had.
 *
 * @example
 * ```ts
 * import { evaluateTerms, type Frame } from "./mod.ts";
 *
 * async function motionMismatch(made: readonly [Frame, Frame], natural: readonly [Frame, Frame]): Promise<number> {
 *   const { temporal_texture } = await evaluateTerms({
 *     previous: made[0],
 *     current: made[1],
 *     targets: { temporal_texture: { previous: natural[0], current: natural[1] } },
 *   });
 *   return temporal_texture?.loss ?? NaN;
 * }
 * ```
 */
export async function evaluateTerms(request: EvaluateTermsRequest & Machinery): Promise<EvaluatedTerms> {
  return await withMachinery(request, (machinery) => evaluateTermsWith(machinery, request));
}
