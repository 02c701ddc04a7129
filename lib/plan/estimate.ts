/**
 * How long work will take, before any of it ran.
 * @module
 */
import type { Work } from "./stage_kind.ts";

/**
 * Seconds per iteration and megapixel, by what an iteration evaluates: loss and gradient on two cores with AVX-512
 * (docs/design/speed.md: direct convolution, 160x284 to 360x640). Other machines differ by factors, so a run tells what it
 * measures. Gabor's is the fastest frame of a busy machine.
 */
const rates: Readonly<Record<string, number>> = { vgg19: 3.5, msoe: 3.1, gabor: 1.4, decode: 0.05 };

/** For parts without a rate of their own. */
const otherRate = 1;

/** Part of an iteration that does not depend on the size. */
const overhead = 0.002;

/** Seconds for all of the work. */
export function estimateSeconds(work: readonly Work[]): number {
  return work.reduce((sum, { height, width, iterations, parts }) => {
    const rate = parts.reduce((total, part) => total + (rates[part] ?? otherRate), 0);
    return sum + iterations * (overhead + rate * height * width / 1e6);
  }, 0);
}
