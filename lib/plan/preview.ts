/**
 * `--preview`: a quick look at a workflow before it is rendered. Each kind knows where its sizes and iterations stand; how
 * much smaller they become is the same for all.
 * @module
 */
import type { PreviewScale } from "./stage_kind.ts";

/** The shorter side is made no smaller than this: below it, there is nothing to see. */
const smallestSide = 32;

/** A quarter of each side, five frames, a tenth of the iterations. */
export const previewScale: PreviewScale = {
  size({ height, width }) {
    const shorter = Math.min(height, width);
    const factor = Math.min(1, Math.max(1 / 4, smallestSide / shorter));
    const side = (pixels: number) => factor === 1 ? pixels : 2 * Math.round(pixels * factor / 2);
    return { height: side(height), width: side(width) };
  },
  sizeNote({ height, width }) {
    const shorter = Math.min(height, width);
    if (shorter >= 4 * smallestSide) return undefined;
    return shorter <= smallestSide
      ? `kept at ${height} x ${width}: a quarter of that would be too small for a preview`
      : `the preview's shorter side is ${smallestSide}, not a quarter of ${shorter}: less would be too small`;
  },
  // As many as a number of the paper's figure 3 is computed over.
  frames: 5,
  iterations: (count) => Math.max(1, Math.round(count / 10)),
};

/** The name of a preview's results: never that of the results themselves. */
export function previewName(name: string): string {
  return `${name}_preview`;
}
