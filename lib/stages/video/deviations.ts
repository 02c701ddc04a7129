/**
 * What is done to the frames of a video on their way from its file: fitting, and which values they become.
 * @module
 */
import { grayWeights, luminanceWeights } from "../../frames/gray.ts";
import type { Facts } from "../../plan/stage_kind.ts";
import { rateValue } from "../../video/rate.ts";
import { generatedClipDefaults } from "../../frames/generated/settings.ts";
import type { Values } from "../../video/values.ts";
import type { FileDetails } from "./details.ts";
import { fileDetails, mediaOf } from "./media.ts";
import { pixelShape, visibleChange } from "./pixel_shape.ts";
import type { VideoEntry } from "./schema.ts";

/** Sentences for the manifest: what a reader of a methods section would not expect. */
export function videoDeviations(settings: VideoEntry, facts: Facts): string[] {
  const media = mediaOf(settings, facts.inspected);
  return [
    ...(media === undefined ? [] : fitting(settings, media.details, facts)),
    ...mediaWarnings(settings, facts),
    ...(media === undefined ? [] : [...assumedRate(settings, media.details), ...valuesInWords(media)]),
    ...mode(settings),
  ];
}

/** What is wrong with a file for a scientist, though it can be read. */
export function mediaWarnings(settings: Pick<VideoEntry, "fit">, { inspected }: Facts): string[] {
  const details = fileDetails(inspected);
  if (inspected?.video === undefined || details === undefined) return [];
  const shape = pixelShape(settings, details, inspected.video);
  const { fps, traits: { interlaced, uneven, curve, hiddenAlpha = false } = {} } = details;
  const milliseconds = (seconds: number) => Number((1000 * seconds).toFixed(1));
  return [
    ...(shape === undefined || shape.corrected ? [] : [
      `the file's pixels are not square (${shape.aspect}, width to height) and were used as if they were: frames have ` +
      `another shape than in a player; ${
        settings.fit === "stretch" ? "" : "fit: stretch with "
      }height: ${shape.wanted.height} and width: ${shape.wanted.width} correct it`,
    ]),
    ...(interlaced === undefined ? [] : [
      `the file is interlaced (${interlaced}): each frame shows two moments in alternate rows; nothing was deinterlaced`,
    ]),
    ...(uneven === undefined || fps === undefined ? [] : [
      `the file's frames are unevenly spaced in time (${milliseconds(uneven.shortest)} to ${
        milliseconds(uneven.longest)
      } ms apart): each is used once, at ${Number(rateValue(fps).toFixed(3))} frames per second`,
    ]),
    ...(hiddenAlpha
      ? [
        "the file's transparency was not read: all pixels were taken as opaque; convert it to FFV1 or PNG to have it read",
      ]
      : []),
    ...(curve === undefined ? [] : [
      `the file's values follow light by ${
        curves[curve] ?? curve
      }; they were used as if they were coded by sRGB`,
    ]),
  ];
}

const curves: Readonly<Record<string, string>> = { smpte2084: "PQ", "arib-std-b67": "HLG" };

function fitting(settings: VideoEntry, file: FileDetails, { inspected }: Facts): string[] {
  if (inspected?.video === undefined) return [];
  const { fit } = settings;
  const { height, width } = inspected.video;
  const [down, across] = [height / file.height, width / file.width];
  const sizes = `from ${file.height} x ${file.width} to ${height} x ${width} (height x width)`;
  const reshaped = Math.abs(down / across - 1) > visibleChange;
  const shape = pixelShape(settings, file, inspected.video);
  const effect = shape?.corrected
    ? `the shape that the file's pixels of ${shape.aspect} have in a player`
    : "which changes their shape";
  const sentences = reshaped && fit === "stretch" ? [`frames stretched ${sizes}, ${effect}`] : [];
  // `crop` fills the size, `pad` stays within it.
  const scale = fit === "pad" ? Math.min(down, across) : Math.max(down, across);
  return scale > 1
    ? [...sentences, `frames enlarged ${sizes}: they have no detail finer than the file's`]
    : sentences;
}

function assumedRate({ fps }: VideoEntry, { kind }: FileDetails): string[] {
  const rate = generatedClipDefaults.fps.replace(/\/1$/, "");
  return kind === "images" && fps === undefined
    ? [`${rate} frames per second assumed: images carry no rate, and the workflow states none`]
    : [];
}

function valuesInWords(
  { details: { pixel_format }, values }: { readonly details: FileDetails; readonly values: Values },
): string[] {
  return [
    ...(values.deep ? [`more than 8 bits per value (${pixel_format}) kept, as float32`] : []),
    ...(values.alpha ? ["transparent pixels, where there are any, laid over gray (0.5)"] : []),
  ];
}

function mode({ color, transfer, ...origin }: VideoEntry): string[] {
  const [words, weights] = transfer === "srgb"
    ? ["the luma of the coded values", grayWeights]
    : ["the luminance of light", luminanceWeights];
  const meant = transfer === "linear" ? "light" : transfer === "srgb" ? "" : `light^(1/${transfer.gamma})`;
  const decoded = "generate" in origin ? "" : ", decoded from sRGB before they are resized";
  return [
    ...(transfer === "srgb" ? [] : [
      `values are ${meant}${decoded} (the paper works with coded values); files for players are coded by sRGB again`,
    ]),
    ...(color === "gray" ? [`red, green and blue are all ${words} (${weights.join(", ")})`] : []),
  ];
}
