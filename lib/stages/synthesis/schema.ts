/**
 * The settings of a synthesis as they stand in YAML: shorthands, presets and defaults of the paper.
 * @module
 */
import { z } from "zod";
import type { SynthesisSettings } from "../../synthesis/settings.ts";
import {
  expects,
  frameCount,
  keyframes,
  mostFrames,
  name,
  oneOf,
  seed,
  settingsMap,
  side,
  wholeNumber,
} from "../../workflow/fields.ts";
import { colorTransfer } from "../color_transfer_schema.ts";
import { octaves } from "./octaves_schema.ts";
import { optimizer } from "./optimizer_schema.ts";
import { octavesOfPreset, optimizerOfPreset } from "./presets.ts";
import { stop } from "./stop_schema.ts";
import { targets } from "./targets_schema.ts";

const streams = settingsMap({
  spatial: name.default("vgg19").describe(
    "The model of appearance: a built-in one, or a name from `models`.",
  ),
  temporal: name.default("msoe").describe(
    "The model of motion: a built-in one, or a name from `models`.",
  ),
});

const paddingFrames = wholeNumber(0).max(mostFrames);

const paddingMap = settingsMap({
  frames: paddingFrames.default(5).describe("How many frames are made before frame 0 and thrown away."),
  order: oneOf(["mirrored", "forward"]).default("mirrored").describe(
    "Which target frame belongs to padding time t < 0: x[-t] (`mirrored`), or x[t + frames + 1] (`forward`, the authors' code).",
  ),
});

const padding = z.union([paddingFrames, paddingMap], { error: expects("padding") })
  .transform((value) => typeof value === "number" ? { frames: value, order: "mirrored" as const } : value);

const fields = settingsMap({
  streams: streams.prefault({}).describe("The models of the two streams."),
  targets: targets.describe("Which video each of the four losses matches."),
  height: side.exactOptional().describe(
    "Height of the frames. Left out: the first target's, or what follows from `width`.",
  ),
  width: side.exactOptional().describe(
    "Width of the frames. Left out: the first target's, or what follows from `height`.",
  ),
  color: oneOf(["rgb", "gray"]).exactOptional().describe(
    "Whether the frames have colors. `gray` makes red, green and blue exactly equal and sees colored targets as gray. Left out: gray if all targets are, else rgb.",
  ),
  frames: frameCount.exactOptional().describe(
    "How many frames are made. Left out: as many as the shortest target with `length: strict` has.",
  ),
  octaves: octaves.prefault("paper").describe(
    "The resolutions through which a frame is made, or a preset: `paper`; `fast`, about as near to the targets with a seventh of its work, by Adam and after the first frame at full size alone; `preview`, a tenth, at 0.44 times the size; `authors_script`, the octaves of the script that the authors published (which also used `blend: 1` and `resample: cascade`).",
  ),
  blend: keyframes(z.number().min(0).max(1)).default(0.95).describe(
    "Share of the frame before in a frame's start; the rest is noise.",
  ),
  padding: padding.prefault(5).describe("Frames made before frame 0."),
  start_from: name.default("noise").describe(
    "The first frame's start: `noise`, `target`, `gray`, or the name of a video or stage.",
  ),
  color_transfer: colorTransfer.exactOptional().describe(
    "The video whose colors the frames take, or `none`. Left out: the spatial texture's first target, else the spatial content's, else none.",
  ),
  balance: oneOf(["initial", "target", "none"]).default("initial").describe(
    "How the terms are brought to comparable sizes: each to 1e4 at an octave's start, by the target's own energy, or not.",
  ),
  normalization: oneOf(["reference", "paper"]).default("reference").describe(
    "The constants in front of the losses: the authors' code's or the paper's.",
  ),
  resample: oneOf(["original", "cascade"]).default("original").describe(
    "What an octave's targets are resized from: full size (the paper's formula), or the octave before (the authors' code).",
  ),
  optimizer: optimizer.exactOptional().describe(
    "How the gradient becomes an update. Left out: `descent`; with `octaves: fast` `adam`.",
  ),
  stop: stop.exactOptional().describe(
    "When octaves end before all of their iterations are done. Left out: never, as in the paper.",
  ),
  precision: oneOf(["float32", "float16"]).exactOptional().describe(
    "In which the models' convolutions are computed; sums, losses and updates always are in float32. `float16` needs a GPU: providers `cuda`, `tensorrt`, `webgpu` and `directml`. Left out: `float32`.",
  ),
  seed: seed.default(1).describe("Seed of all noise."),
});

/** From YAML to `SynthesisSettings`. */
export const synthesisSchema: z.ZodType<SynthesisSettings> = fields.transform(
  ({ color_transfer, octaves, optimizer: chosen, ...settings }) => {
    const video = (settings.targets.spatial_texture ?? settings.targets.spatial_content)?.targets[0]?.video;
    const ownColors = video === undefined ? "none" as const : { video, variant: "pdf_regrain" as const };
    return {
      ...settings,
      color_transfer: color_transfer ?? ownColors,
      octaves: typeof octaves === "string" ? octavesOfPreset(octaves, settings.padding) : octaves,
      optimizer: chosen ??
        optimizer.parse(typeof octaves === "string" ? optimizerOfPreset(octaves) : "descent"),
    };
  },
);
