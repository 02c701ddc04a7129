/**
 * A comparison of features in the words of a methods section.
 * @module
 */
import type { Facts, Methods } from "../../plan/stage_kind.ts";
import { efron1993, farneback2003, greco2025, jammalamadaka1988, rabin2011 } from "../bibliography.ts";
import { citing, listed } from "../method_phrases.ts";
import { conditionsOf } from "./conditions.ts";
import type { FeaturesSettings } from "./schema.ts";

/** What was measured, and how videos were compared. */
export function featuresMethods(settings: FeaturesSettings, facts: Facts): Methods {
  const [reference, ...others] = conditionsOf(settings, facts);
  const compared = others.length > 0;
  const hasSeveral = [reference, ...others].some((condition) => (condition?.videos.length ?? 0) > 1);
  const what = compared
    ? `comparing low-level features of ${listed(others.map(({ name }) => name))} with those of`
    : "measuring low-level features of";
  return {
    made: `made by ${what} ${reference?.name}, frame by frame, as delivered in 8 bits${citing([greco2025])}`,
    details: [
      "Intensity was the mean over pixels and channels (values from 0 to 1), contrast the standard deviation of " +
      "gray over the pixels, pixel change the mean absolute difference from the frame before.",
      `Optical flow was estimated by polynomial expansion${
        citing([farneback2003])
      } as OpenCV does (up to 5 levels of a ` +
      "pyramid by 0.5, window of 13 pixels, 10 iterations, neighborhoods of 5 pixels, sigma 1.1); its direction " +
      "over the pixels is told as arithmetic and as circular mean.",
      "Amplitude spectra are those of gray without a window, over space as means around circles and over frames, " +
      "over time as means over pixels; of videos of different lengths they are of the frames that all have.",
      ...(compared ? comparison : []),
      ...(hasSeveral ? [interval(settings)] : []),
    ],
    citations: [
      greco2025,
      farneback2003,
      ...(compared ? [jammalamadaka1988, rabin2011] : []),
      ...(hasSeveral ? [efron1993] : []),
    ],
  };
}

const comparison = [
  "Over time features were compared by Pearson's correlation (directions by the circular one" +
  `${
    citing([jammalamadaka1988])
  }), their values by the Earth mover's distance (directions around the circle` +
  `${citing([rabin2011])}), and so were histograms of gray levels.`,
];

function interval({ seed }: FeaturesSettings): string {
  return `Intervals of means over several videos are 95 % bootstrap intervals by percentiles of 10,000 resamples ` +
    `(seed ${seed})${citing([efron1993])}.`;
}
