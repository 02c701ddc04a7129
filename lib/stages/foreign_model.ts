/**
 * What the stages that look into a model of the user's own have in common before they run: their settings, and what was found
 * of the model.
 * @module
 */
import { z } from "zod";
import { citesOf, modelJsonSchema, reachOf } from "../models/model_file/model_json.ts";
import type { Facts, Json, ReportProblem, Work } from "../plan/stage_kind.ts";
import { expects, filePath, name, problemIssue } from "../workflow/fields.ts";
import { citing, ofPublication } from "./method_phrases.ts";
import { type ListedVideo, pathOfRole, videosListed } from "./video_list.ts";

/** The setting `model`. */
export const modelField = filePath.describe(
  "The model: a name of `models:`, or an .onnx file, with the JSON of the same name beside it that declares how frames become its input.",
);

const layerName = z.string().min(1);

/** Layers by the names that the table gives them. */
export type Layers = Readonly<Record<string, string>>;

/** The setting `layers`: a name, a list of names, or a map from names of one's own. */
export const layersField = z.union([
  layerName,
  z.array(layerName).min(1),
  z.record(name, layerName),
], { error: expects("model_layers") }).transform((value): Layers => {
  if (typeof value === "string") return { [value]: value };
  return Array.isArray(value) ? Object.fromEntries(value.map((layer) => [layer, layer])) : value;
}).check((context) => {
  if (Object.keys(context.value).length > 0) return;
  context.issues.push({ ...problemIssue({ code: "too_few_items", needed: 1 }), input: context.value });
});

const detailsSchema = z.object({
  kind: z.literal("model"),
  /** The file's name, without folders. */
  name: z.string(),
  input: modelJsonSchema.shape.input,
  /** Tensors by the layers' names in the settings. */
  layers: z.record(z.string(), z.string()),
  /** Shapes of the layers without the batch, where the file says them; null where it takes any length. */
  shapes: z.record(z.string(), z.array(z.union([z.int(), z.null()]))).default({}),
  /** Of layers whose channels are known to stand elsewhere than the input's layout says: their axis, without the batch. */
  channelsElsewhere: z.record(z.string(), z.int()).exactOptional(),
  citation: modelJsonSchema.shape.citation,
  license: z.string(),
});

/** What was found of the model, as manifests record it. */
export type ForeignModelFacts = z.infer<typeof detailsSchema>;

/** What was found of the model. Throws an Error for a stage that was not inspected. */
export function foreignModelFacts({ inspected }: Facts): ForeignModelFacts {
  return detailsSchema.parse(inspected?.details);
}

/** How many windows of the model a video of so many frames has; the first ends at the frame `reachOf` the model's input. */
export function windowCount(frames: number, { input }: ForeignModelFacts): number {
  return Math.max(0, frames - reachOf(input));
}

/** Reports videos that are too short for `more` windows beside the first. */
export function checkLengths(facts: Facts, more: number, report: ReportProblem): void {
  const { name: model, input } = foreignModelFacts(facts);
  const needed = reachOf(input) + 1 + more;
  for (const { role, name, facts: { frames } } of videosListed(facts)) {
    if (frames >= needed) continue;
    report(pathOfRole(role), { code: "shorter_than_window", video: name, frames, needed, model });
  }
}

/** The model in the sentences of a methods section: what it is called, how it saw the videos, what is cited for it. */
export function foreignModelMethods(facts: Facts) {
  const model = foreignModelFacts(facts);
  const { name, citation, input: { size, frames, stride } } = model;
  const cites = citesOf(model);
  const apart = stride === 1 ? "" : `, every ${stride} frames one,`;
  const seen = frames === 1 ? "single frames" : `windows of ${frames} frames${apart}`;
  const at = size === "native" ? "at their own size" : `resized to ${size[0]} x ${size[1]} pixels`;
  const inWords = typeof citation === "string" && citation !== "" ? [ofPublication("It", citation)] : [];
  return {
    named: `${name}${citing(cites)}`,
    details: [`The model saw ${seen} as delivered in 8 bits, ${at}.`, ...inWords],
    cites,
  };
}

/** Of kinds that need as many frames of all videos: where they are longer, that the rest was left out. */
export function upToTheShortest(facts: Facts): readonly string[] {
  const lengths = videosListed(facts).map(({ facts: { frames } }) => frames);
  const shortest = Math.min(...lengths);
  if (lengths.every((length) => length === shortest)) return [];
  return [`Of each video the first ${shortest} frames were used, as many as the shortest has.`];
}

/** Where the frames that a model saw may be others than those of its training. */
export function foreignModelDeviations(facts: Facts): readonly string[] {
  const { name, input: { size } } = foreignModelFacts(facts);
  if (size === "native") return [];
  const [height, width] = size;
  const isResized = ({ facts }: ListedVideo) => facts.height !== height || facts.width !== width;
  if (!videosListed(facts).some(isResized)) return [];
  return [`Frames were ${resizedFor(name, [height, width])}.`];
}

/** "resized whole to ...", with what torchvision's transforms do otherwise. */
export function resizedFor(model: string, [height, width]: readonly [number, number]): string {
  return `resized whole to the ${height} x ${width} pixels of ${model}, bilinearly and without antialiasing; ` +
    "torchvision's own transforms antialias, keep the ratio of the sides and crop the center";
}

/** What of the model decides numbers: its bytes and those of the JSON. */
export function keyedModel({ inspected }: Facts): Json {
  return { ...inspected?.digests };
}

/** The layers as keys have them: in order, for rows and charts have it, and keys sort the names of a map. */
export function keyedLayers(layers: Layers): Json {
  return Object.entries(layers);
}

/** The videos as keys have them, where all of their frames are shown to the model. */
export function keyedVideos(facts: Facts) {
  return videosListed(facts).map(({ role, name, facts: { frames } }) => ({ role, name, frames }));
}

/** The work of showing all videos to the model, from the first frame to the last. */
export function wholeWork(facts: Facts): readonly Work[] {
  const model = foreignModelFacts(facts);
  const windows = videosListed(facts).reduce(
    (sum, { facts: { frames } }) => sum + windowCount(frames, model),
    0,
  );
  return modelWork(windows, facts);
}

/** Evaluations of the model for so many windows, and what is done once. */
export function modelWork(windows: number, facts: Facts): readonly Work[] {
  const { name: file, input: { size, frames } } = foreignModelFacts(facts);
  const [first] = videosListed(facts);
  const { height = 1, width = 1 } = first?.facts ?? {};
  const seen = size === "native" ? { height, width } : { height: size[0], width: size[1] };
  return [
    { ...seen, iterations: windows * frames, parts: [`onnx/${file}`] },
    { ...seen, iterations: 1, parts: ["start", "open/onnx"] },
  ];
}
