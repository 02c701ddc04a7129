/**
 * One frame of a synthesis, from frames that a script hands over.
 * @module
 */
import {
  type SynthesizeTransitionRequest,
  synthesizeTransitionWith,
} from "../../synthesis/synthesize_transition.ts";
import type { FinishedTransition } from "../../synthesis/transition.ts";
import { type Machinery, withMachinery } from "./machinery.ts";

/**
 * Makes one frame from the one before it: octave by octave, with balanced losses, then color transfer.
 *
 * The full size is that of `previous`. `start` has any size and is resized to the first octave's, so a schedule can be
 * cut in two: run its first octave, and hand the octave's `endFrame` as `start` to a call with the others. (With
 * `resample: "cascade"` the second call must also be given `previous` and the targets as the first call left them:
 * resized to its octave and back with `resizeBilinear`.)
 *
 * Resolves with the finished frame and, for each octave, the raw losses at its start and end, the multipliers, the end
 * frame and each iteration's losses. Throws a RunError when inputs do not fit or a loss becomes NaN, a MissingError when
 * weights cannot be had.
 *
 * @example
 * ```ts
 * import { type Frame, synthesizeTransition } from "./mod.ts";
 *
 * async function nextFrame(previous: Frame, natural: readonly [Frame, Frame]): Promise<Frame> {
 *   const target = { previous: natural[0], current: natural[1] };
 *   const { frame } = await synthesizeTransition({
 *     previous,
 *     start: previous,
 *     targets: { spatial_texture: target, temporal_texture: { ...target, weight: 0.5 } },
 *     octaves: [
 *       { octave: -1, iterations: 60, learning_rate: 0.003, total_variation: 0.1 },
 *       { octave: 0, iterations: 90, learning_rate: 0.005, total_variation: 0.5 },
 *     ],
 *     colorTransfer: { target: natural[1] },
 *   });
 *   return frame;
 * }
 * ```
 */
export async function synthesizeTransition(
  request: SynthesizeTransitionRequest & Machinery,
): Promise<FinishedTransition> {
  return await withMachinery(request, (machinery) => synthesizeTransitionWith(machinery, request));
}
