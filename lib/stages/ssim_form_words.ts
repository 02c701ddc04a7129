/**
 * The forms of SSIM in the words of a methods section.
 * @module
 */
import type { SsimForm } from "../analysis/ssim.ts";

/** The window of each, and its statistics. */
export const ssimFormWords: Readonly<Record<SsimForm, string>> = {
  wang: "Gaussian windows of 11 x 11 pixels (sigma 1.5)",
  scikit_image: "uniform windows of 7 x 7 pixels with sample covariances (scikit-image's default)",
};
