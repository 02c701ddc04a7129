/**
 * An equalization in the words of a methods section.
 * @module
 */
import type { Facts, Methods } from "../../plan/stage_kind.ts";
import { coltuc2006, willenbockel2010 } from "../bibliography.ts";
import { citing, listed } from "../method_phrases.ts";
import { nameOfTaken } from "../one_video.ts";
import type { EqualizeSettings } from "./schema.ts";
import { sourcesOf } from "./sources.ts";

/** Which statistics the video was given, and of which values. */
export function equalizeMethods(settings: EqualizeSettings, facts: Facts): Methods {
  const { match, spectrum, seed } = settings;
  const names = sourcesOf(settings, facts).filter(({ counts }) => counts).map(({ name }) => name);
  const cites = match === "histogram" ? [willenbockel2010, coltuc2006] : [willenbockel2010];
  const statistics = match === "histogram" ? "exactly the histogram" : "the mean and RMS contrast";
  return {
    made: `made from ${nameOfTaken(settings, facts)} by giving it ${statistics} of ${average(names)}${
      citing(cites)
    }`,
    details: [
      `These were statistics of ${values(settings)}, of each ${
        settings.over === "clip" ? "clip as a whole" : "frame"
      }.`,
      ...(match === "histogram" ? [] : instead(settings)),
      ...(spectrum === "none" ? [] : [
        "Before that its frames were given the mean amplitude spectrum, averaged over orientations, of the same videos.",
      ]),
      match === "histogram"
        ? `Pixels of one level were ordered by the means of their surroundings, and then by chance (seed ${seed}).`
        : "Where values had to be clipped, mean and contrast hold after clipping, as far as black and white allow.",
    ],
    citations: cites,
  };
}

function average(names: readonly string[]): string {
  return names.length === 1 ? names.join("") : `${listed(names)} on average`;
}

function values({ values, channels }: EqualizeSettings): string {
  const of = values === "coded" ? "coded values (sRGB)" : "light";
  if (channels === "separate") return `red, green and blue, each by itself, in ${of}`;
  return values === "coded" ? `the luma of ${of}` : `the luminance of ${of}`;
}

function instead({ mean, contrast }: EqualizeSettings): readonly string[] {
  const chosen = Object.entries({ mean, contrast }).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name} was set to ${value}`]
  );
  return chosen.length === 0 ? [] : [`Instead of the videos' own the ${listed(chosen)}.`];
}
