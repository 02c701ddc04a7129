/**
 * Giving a frame the colors of another.
 * @module
 */
import type { Frame } from "../frame.ts";
import { meanStdLab } from "./mean_std_lab.ts";
import { pdfTransfer } from "./pdf_transfer.ts";
import { regrain } from "./regrain.ts";

/** How colors are transferred; `pdf_regrain` is what the authors' code does. */
export type ColorTransferVariant = "none" | "pdf" | "pdf_regrain" | "mean_std_lab";

/**
 * `source` with the colors of `target` (which may have any size), clipped to [0, 1]. Computed in float64.
 *
 * - `pdf`: the color distribution itself (Pitié, Kokaram & Dahyot 2007);
 * - `pdf_regrain`: the same, and then the gradients of `source` restored;
 * - `mean_std_lab`: mean and standard deviation in a decorrelated space (Reinhard et al. 2001).
 */
export function transferColor(source: Frame, target: Frame, variant: ColorTransferVariant): Frame {
  if (variant === "none") return source;
  const { height, width } = source;
  const original = Float64Array.from(source.data);
  const colors = Float64Array.from(target.data);
  const size = { height, width };
  switch (variant) {
    case "pdf":
      return { height, width, data: Float32Array.from(pdfTransfer(original, colors)) };
    case "pdf_regrain":
      return {
        height,
        width,
        data: Float32Array.from(regrain(original, pdfTransfer(original, colors), size)),
      };
    case "mean_std_lab":
      return { height, width, data: Float32Array.from(meanStdLab(original, colors)) };
  }
}
