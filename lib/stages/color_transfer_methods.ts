/**
 * Color transfer in the words of a methods section.
 * @module
 */
import type { ColorTransferVariant } from "../frames/color_transfer/transfer_color.ts";
import type { Citation } from "../store/citation.ts";
import { pitie2007, reinhard2001 } from "./bibliography.ts";
import { citing } from "./method_phrases.ts";

type Variant = Exclude<ColorTransferVariant, "none">;

const what = {
  pdf: "color distribution",
  pdf_regrain: "color distribution",
  mean_std_lab: "means and standard deviations of the colors",
} as const satisfies Record<Variant, string>;

/** What each frame was given of the video of that name. */
export function colorTransferMethods(
  variant: Variant,
  of: string,
): { readonly sentences: readonly string[]; readonly cites: readonly Citation[] } {
  const cites = variant === "mean_std_lab" ? [reinhard2001] : [pitie2007];
  const grain = variant === "pdf_regrain" ? ", and then its own gradients back" : "";
  return {
    sentences: [`Each frame was given the ${what[variant]} of ${of}${grain}${citing(cites)}.`],
    cites,
  };
}
