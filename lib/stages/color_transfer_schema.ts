/**
 * Whose colors the frames of a stage take, as it stands in YAML.
 * @module
 */
import { z } from "zod";
import { expects, name, oneOf, settingsMap } from "../workflow/fields.ts";

const colorTransferMap = settingsMap({
  video: name.describe("The video whose colors are taken, frame by frame."),
  variant: oneOf(["pdf", "pdf_regrain", "mean_std_lab"]).default("pdf_regrain").describe(
    "Histogram matching (Pitié et al. 2007) without or with the regraining that keeps the gradient field, or means and standard deviations in l-alpha-beta.",
  ),
});

/** `none`, the name of a video, or a map with video and variant. */
export const colorTransfer = z.union([name, colorTransferMap], { error: expects("color_transfer") })
  .transform((value) => {
    if (value === "none") return "none";
    return typeof value === "string" ? { video: value, variant: "pdf_regrain" as const } : value;
  });
