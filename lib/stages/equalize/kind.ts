/**
 * The kind `equalize`: videos of one brightness and contrast, as the SHINE toolbox makes images equal (Willenbockel et al.,
 * Behavior Research Methods 42, 2010).
 * @module
 */
import type { Facts, Json, StageKind, Work } from "../../plan/stage_kind.ts";
import { fewerFrames } from "../one_video.ts";
import { equalizeMethods } from "./methods.ts";
import { equalizeSchema, type EqualizeSettings } from "./schema.ts";
import {
  checkEqualize,
  equalizedVideo,
  equalizeReads,
  equalizeReferences,
  ownSource,
  sourcesOf,
} from "./sources.ts";

/** One of several videos with the statistics that they have on average. */
export const equalizeKind: StageKind<EqualizeSettings> = {
  name: "equalize",
  summary: "Gives a video the mean luminance and contrast, or the histogram, that several have on average.",
  format: 1,
  artifact: "video",
  takesFrames: true,
  schema: equalizeSchema,
  references: equalizeReferences,
  write: (settings) => settings,
  preview: (settings, facts, scale) => ({ settings: fewerFrames(settings, facts, scale), notes: [] }),
  check: checkEqualize,
  makes: (settings, facts) => ({ made: "video", video: equalizedVideo(settings, facts) }),
  reads: equalizeReads,
  keyed: keyedEqualize,
  work: equalizeWork,
  deviations: equalizeDeviations,
  methods: equalizeMethods,
  async load() {
    const { runEqualize } = await import("./run.ts");
    return runEqualize;
  },
};

/** Every frame counts in the statistics, so that their numbers are in it. */
function keyedEqualize(settings: EqualizeSettings, facts: Facts): Json {
  const { match, spectrum, over, values, channels, mean, contrast, seed } = settings;
  return {
    ...{ match, spectrum, over, values, channels },
    ...(mean !== undefined && { mean }),
    ...(contrast !== undefined && { contrast }),
    ...(match === "histogram" && { seed }),
    frames: equalizeReads(settings, facts),
  };
}

/** Each video is measured, once more after its spectrum was changed; then the frames are made. */
function equalizeWork(settings: EqualizeSettings, facts: Facts): Work[] {
  const { match, spectrum } = settings;
  const sources = sourcesOf(settings, facts);
  const spectra = spectrum === "none" ? [] : ["rotational_spectrum"];
  const measured = sources.map(({ video: { height, width, frames } }): Work => ({
    ...{ height, width, iterations: frames },
    parts: ["luminance", ...spectra, ...spectra],
  }));
  const { video: { height, width, frames } } = ownSource(sources, facts);
  const making = match === "histogram" ? "exact_histogram" : "luminance";
  return [...measured, { height, width, iterations: frames, parts: [making, ...spectra] }];
}

/** What a reader of a methods section would not expect. */
function equalizeDeviations(settings: EqualizeSettings, facts: Facts): string[] {
  const counting = sourcesOf(settings, facts).filter(({ counts }) => counts).map(({ video }) => video);
  const differ = (of: (video: (typeof counting)[number]) => unknown) => new Set(counting.map(of)).size > 1;
  return [
    ...(differ(({ frames }) => frames) || differ(({ height, width }) => `${height} x ${width}`)
      ? ["the videos that were averaged differ in length or size; each counts as much as any other"]
      : []),
    ...(settings.spectrum === "rotational"
      ? [
        "spectra were made equal first, luminance after that, so that spectra are equal but for a factor and clipping",
      ]
      : []),
  ];
}
