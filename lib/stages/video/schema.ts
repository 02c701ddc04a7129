/**
 * An entry of `videos` as it stands in YAML.
 * @module
 */
import { z } from "zod";
import type { VideoSettings } from "../../video/settings.ts";
import {
  expects,
  filePath,
  frameCount,
  oneOf,
  positive,
  problemIssue,
  settingsMap,
  side,
  wholeNumber,
} from "../../workflow/fields.ts";
import { rationalRate } from "./frame_rate.ts";
import { generate } from "./generate_schema.ts";

/** A video of a workflow; `group` is what the clip table says. */
export type VideoEntry = VideoSettings & { readonly group?: string };

const origins = ["file", "files", "generate"] as const;

const fps = z.union([positive, z.string()], { error: expects("fps") }).transform((value, context) => {
  const rate = rationalRate(value);
  if (rate !== undefined) return rate;
  context.issues.push({
    ...problemIssue({ code: "wrong_type", expected: "fps", found: value }),
    input: value,
  });
  return z.NEVER;
});

const gamma = settingsMap({ gamma: positive.max(10).describe("Light is value^gamma.") });

const fields = settingsMap({
  file: filePath.exactOptional().describe("A video file, or a still image, which is a constant video."),
  files: filePath.exactOptional().describe(
    "Images of one size and kind, each of them a frame: a folder, or a pattern such as `frames/*.png`; in the order of their names, in which numbers count as numbers.",
  ),
  generate: generate.exactOptional().describe("A clip that is made here."),
  start: wholeNumber(0).default(0).describe("The first frame that is read, counted from 0."),
  frames: frameCount.exactOptional().describe(
    "How many frames are read. Left out: all (of a generated clip: 120).",
  ),
  step: wholeNumber(1).default(1).describe("Every how many frames one is read."),
  height: side.exactOptional().describe(
    "Height in pixels. Left out: the file's, or what follows from `width`.",
  ),
  width: side.exactOptional().describe(
    "Width in pixels. Left out: the file's, or what follows from `height`.",
  ),
  fit: oneOf(["stretch", "crop", "pad"]).default("stretch").describe(
    "How a frame of another shape becomes one of this size: deformed, cut at the middle, or filled up with black.",
  ),
  fps: fps.exactOptional().describe(
    "Frames per second, for images and files that carry none: a number or a fraction. Left out there: 25.",
  ),
  color: oneOf(["rgb", "gray"]).default("rgb").describe(
    "Colors as they are, or gray: red, green and blue are all the luma (.299, .587, .114) of the coded values; where `transfer` is another than `srgb` the luminance (.2126, .7152, .0722) of light.",
  ),
  transfer: z.union([oneOf(["srgb", "linear"]), gamma], { error: expects("transfer") }).default("srgb")
    .describe(
      "Which values are worked with: `srgb`, the coded values as files hold them (as in the paper); `linear`, light itself; `{ gamma: 2.2 }`, light^(1/2.2). A file's values are decoded by the curve of sRGB before they are resized; a generated clip's values are these values. Videos that are written for people are coded back.",
    ),
  license: z.string().exactOptional().describe("License of the clip, for the record."),
  source: z.string().exactOptional().describe("Where the clip comes from, for the record."),
  group: z.string().exactOptional().describe(
    "A group of clips: a matrix takes the rows of a clip table's group by `table.group`.",
  ),
});

/** From YAML to the settings of a video. */
export const videoSchema: z.ZodType<VideoEntry> = fields.transform((value, context): VideoEntry => {
  const { file, files, generate, ...choices } = value;
  const found = origins.filter((key) => value[key] !== undefined);
  if (found.length === 1) {
    if (file !== undefined) return { file, ...choices };
    if (files !== undefined) return { files, ...choices };
    if (generate !== undefined) return { generate, ...choices };
  }
  const keys = ["file", "files", "from", "generate"];
  context.issues.push({ ...problemIssue({ code: "exactly_one", keys, found }), input: value });
  return z.NEVER;
});
