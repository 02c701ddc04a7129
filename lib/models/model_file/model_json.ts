/**
 * The declaration of a model of the user's own: a JSON file beside its .onnx that says what the file does not, how frames
 * become its input.
 * @module
 */
import { z } from "zod";
import { type Citation, inFull } from "../../store/citation.ts";

const side = z.int().min(1).max(16384);

const channels = z.array(z.number()).length(3);

const input = z.strictObject({
  name: z.string().min(1).describe("The model's input, as the .onnx names it."),
  layout: z.enum(["NCHW", "NHWC", "NCTHW", "NTCHW"]).describe(
    "The order of its axes: batch (always 1), channels, frames (T), height, width.",
  ),
  size: z.union([z.tuple([side, side]), z.literal("native")]).describe(
    "Height and width that frames are resized to (bilinear), or `native`: frames keep their own size.",
  ),
  range: z.union([z.tuple([z.literal(0), z.literal(1)]), z.tuple([z.literal(0), z.literal(255)])]).default([
    0,
    1,
  ]).describe("The values of black and white, before `mean` and `std`: [0, 1] or [0, 255]."),
  mean: channels.default([0, 0, 0]).describe(
    "What is subtracted from each channel, in units of `range` and in the order of `channels`.",
  ),
  std: z.array(z.number().positive()).length(3).default([1, 1, 1]).describe(
    "What each channel is divided by after that.",
  ),
  channels: z.enum(["rgb", "bgr"]).default("rgb").describe("The order of the three channels."),
  frames: z.int().min(1).max(64).default(1).describe("How many frames the model sees at a time, its window."),
  stride: z.int().min(1).max(64).default(1).describe("Every how many frames of the video one is seen."),
});

/** A `Citation`. */
const publication = z.strictObject({
  id: z.string().regex(/^[A-Za-z][\w:.-]*$/).describe("By which sentences and BibTeX name it: `he2016`."),
  type: z.enum(["article", "inproceedings", "book", "misc"]).describe("Of BibTeX."),
  authors: z.array(z.string().min(1)).min(1).describe("In order, each `He, K.`"),
  title: z.string().min(1).describe("Without a full stop."),
  in: z.string().min(1).describe("The journal, the proceedings or the publisher."),
  year: z.int().describe("Of publication."),
  volume: z.string().exactOptional().describe("Of the journal."),
  pages: z.string().exactOptional().describe("`770-778`"),
  doi: z.string().exactOptional().describe("Without `doi:`."),
  arxiv: z.string().exactOptional().describe("`1409.1556`"),
});

/** What stands in the JSON file. */
export const modelJsonSchema = z.strictObject({
  onnx: z.string().min(1).describe("The .onnx file, in the same folder or below it."),
  sha256: z.string().regex(/^[0-9a-f]{64}$/).describe("sha256 of the .onnx file, in hex."),
  input: input.describe("How frames become the model's input."),
  stream: z.enum(["spatial", "temporal"]).exactOptional().describe(
    "The stream that the model serves as in a synthesis. Left out: spatial if it sees one frame, else temporal.",
  ),
  layers: z.record(z.string().min(1), z.string().min(1)).default({}).describe(
    "Names for tensors: `{ layer4: /layer4/layer4.1/relu_1/Relu_output_0 }`. They are the layers of targets that name none. " +
      "Tensors may also be named as the .onnx names them.",
  ),
  labels: z.union([z.array(z.string()), z.string().min(1)]).exactOptional().describe(
    "Names of the classes in the order of a classifier's outputs: a list, or a text file beside the JSON with one a line.",
  ),
  citation: z.union([z.string(), publication], {
    error:
      "expected text, or a publication: id (as BibTeX has it), type (article, inproceedings, book or misc), " +
      "authors (a list), title, in (the journal, the proceedings or the publisher) and year; volume, pages, doi and arxiv where there are",
  }).default("").describe(
    "The publication: as a map it is among a report's references and in its BibTeX; as plain text it is told in the methods " +
      "section's sentence about the model.",
  ),
  license: z.string().default("").describe("Of the weights."),
}).check(({ value, issues }) => {
  const { frames, stride, layout } = value.input;
  const hasFrames = layout === "NCTHW" || layout === "NTCHW";
  const refuse = (path: string[], message: string) =>
    issues.push({ code: "custom", message, path, input: value });
  if (frames > 1 && !hasFrames) {
    refuse(["input", "layout"], `a window of ${frames} frames needs NCTHW or NTCHW, got ${layout}`);
  }
  if (frames === 1 && stride > 1) {
    refuse(["input", "stride"], "only a window of several frames has a stride");
  }
  if (value.stream === "spatial" && frames > 1) {
    refuse(["stream"], `a model that sees ${frames} frames is a temporal one`);
  }
});

/** A model file's declaration, defaults filled in. */
export type ModelJson = z.infer<typeof modelJsonSchema>;

/** How frames become the model's input. */
export type ModelInput = ModelJson["input"];

/** The publication as data, where the JSON gives it so. */
export function citesOf({ citation }: Pick<ModelJson, "citation">): readonly Citation[] {
  return typeof citation === "string" ? [] : [citation];
}

/** The publication in one line; "" where the JSON names none. */
export function citationText({ citation }: Pick<ModelJson, "citation">): string {
  return typeof citation === "string" ? citation : inFull(citation);
}

/** The stream that a model serves as. */
export function streamOf({ stream, input }: ModelJson): "spatial" | "temporal" {
  return stream ?? (input.frames === 1 ? "spatial" : "temporal");
}

/** Frames before the moving one that a window reaches back. */
export function reachOf({ frames, stride }: ModelInput): number {
  return (frames - 1) * stride;
}
