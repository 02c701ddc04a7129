/**
 * Giving a frame the colors of another.
 * @module
 */
import type { Frame } from "../frame.ts";
import { grayFrame } from "../gray.ts";
import { meanStdLab } from "./mean_std_lab.ts";
import { grayTransfer, pdfTransfer } from "./pdf_transfer.ts";
import { regrain } from "./regrain.ts";

/** How colors are transferred; `pdf_regrain` is what the authors' code does. */
export type ColorTransferVariant = "none" | "pdf" | "pdf_regrain" | "mean_std_lab";

/** Another distribution for the values of the first frame: that of the second. RGB triples, clipped to [0, 1]. */
type DistributionTransfer = (source: Float64Array, target: Float64Array) => Float64Array;

/**
 * `source` with the colors of `target` (which may have any size), clipped to [0, 1]. Computed in float64.
 *
 * - `pdf`: the color distribution itself (Pitié, Kokaram & Dahyot 2007);
 * - `pdf_regrain`: the same, and then the gradients of `source` restored;
 * - `mean_std_lab`: mean and standard deviation in a decorrelated space (Reinhard et al. 2001).
 */
export function transferColor(source: Frame, target: Frame, variant: ColorTransferVariant): Frame {
  return transferBy(pdfTransfer, source, target, variant);
}

/**
 * The same from one frame without colors to another, with red, green and blue exactly equal: the rotations in which `pdf`
 * looks at colors would leave gray, so it looks at the gray values alone, once.
 */
export function transferGray(source: Frame, target: Frame, variant: ColorTransferVariant): Frame {
  const transferred = transferBy(grayTransfer, source, target, variant);
  // The axes of l alpha beta are gray to four digits.
  return variant === "mean_std_lab" ? grayFrame(transferred) : transferred;
}

function transferBy(
  transfer: DistributionTransfer,
  source: Frame,
  target: Frame,
  variant: ColorTransferVariant,
): Frame {
  if (variant === "none") return source;
  const { height, width } = source;
  const original = Float64Array.from(source.data);
  const colors = Float64Array.from(target.data);
  const size = { height, width };
  switch (variant) {
    case "pdf":
      return { height, width, data: Float32Array.from(transfer(original, colors)) };
    case "pdf_regrain":
      return { height, width, data: Float32Array.from(regrain(original, transfer(original, colors), size)) };
    case "mean_std_lab":
      return { height, width, data: Float32Array.from(meanStdLab(original, colors)) };
  }
}
