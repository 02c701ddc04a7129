/**
 * What stages have in common that predict frames: which network does it, from how many frames, and at what size.
 * @module
 */
import { z } from "zod";
import { kittiStacks, sideMultiple } from "../models/prednet/architecture.ts";
import type {
  Facts,
  Inspected,
  Json,
  Preview,
  Reference,
  ReportProblem,
  VideoFacts,
  Work,
} from "../plan/stage_kind.ts";
import { lotter2017 } from "./bibliography.ts";
import { citing, counted } from "./method_phrases.ts";
import { filePath, name, oneOf, side, wholeNumber } from "../workflow/fields.ts";

/** A network and how it is used. */
export interface PredictorSettings {
  /** The network's name, for its weights in the weights folder. */
  readonly model: string;
  /** A file of weights instead. */
  readonly weights?: string;
  readonly kernels: "tensorflow" | "theano";
  /** How many frames a frame is predicted from. */
  readonly context: number;
  /** Of the frames that the network sees, in pixels. */
  readonly height: number;
  readonly width: number;
}

/** For the schema of such a stage. */
export const predictorFields = {
  model: name.default("prednet_kitti").describe(
    "The network that predicts. `prednet_kitti` is PredNet (Lotter et al. 2017) as its authors trained it on KITTI; its weights are kept in the weights folder, and no checksum of them is published.",
  ),
  weights: filePath.exactOptional().describe(
    "A PredNet's weights of your own, as Keras writes them (HDF5), instead of the model's; levels and channels are the file's.",
  ),
  kernels: oneOf(["tensorflow", "theano"]).default("tensorflow").describe(
    "With which backend Keras learned the kernels: those of Theano are turned by 180 degrees.",
  ),
  context: wholeNumber(1).max(1000).default(10).describe(
    "How many frames each frame is predicted from. The network knows nothing of those before them, so that the first frame that is predicted is that of this number.",
  ),
  height: side.default(128).describe("Height that frames are resized to, in pixels."),
  width: side.default(160).describe(
    "Width that frames are resized to, in pixels. The aspect is not kept: KITTI's frames were cropped to 128 x 160, and the paper resized its clips to that.",
  ),
};

/** Setting that is a path. */
export const predictorFiles = ["weights"];

/** The model's own weights are needed only where there are no others. */
export function predictorReferences({ model, weights }: PredictorSettings): Reference[] {
  return weights === undefined ? [{ path: ["model"], name: model, wants: "predictor" }] : [];
}

const foundSchema = z.object({ kind: z.literal("prednet"), stacks: z.array(z.int().min(1)) });

/** The details of weights that were looked at. */
export type PrednetDetails = z.infer<typeof foundSchema>;

/** How many channels the levels predict: those of the weights that were looked at, else those of the model. */
export function stacksOf(inspected: Inspected | undefined): readonly number[] {
  return foundSchema.safeParse(inspected?.details).data?.stacks ?? kittiStacks;
}

/** Reports a model that predicts nothing, sides that cannot be halved, and videos that are too short. */
export function checkPredictor(
  { model, context, height, width }: PredictorSettings,
  facts: Facts,
  videos: readonly {
    readonly path: (string | number)[];
    readonly name: string;
    readonly facts: VideoFacts;
  }[],
  report: ReportProblem,
): void {
  const { stream } = facts.models.model ?? {};
  if (stream !== undefined && stream !== "prediction") {
    report(["model"], { code: "wrong_stream", model, stream, needed: "prediction" });
  }
  const levels = stacksOf(facts.inspected).length;
  const multiple = sideMultiple(levels);
  for (const [key, found] of Object.entries({ height, width })) {
    if (found % multiple !== 0) report([key], { code: "no_multiple", multiple, levels, found });
  }
  for (const { path, name: video, facts: { frames } } of videos) {
    if (frames <= context) report(path, { code: "too_few_for_context", video, frames, context });
  }
}

/** A preview has few frames: a network that sees fewer before each of them. */
export function previewPredictor<Settings extends PredictorSettings>(
  settings: Settings,
  { videos }: Facts,
): Preview<Settings> {
  const fewest = Math.min(...Object.values(videos).map(({ frames }) => frames));
  const context = Math.min(settings.context, Math.max(1, fewest - 1));
  const notes = context === settings.context
    ? []
    : [`frames are predicted from ${context} before them instead of ${settings.context}`];
  return { settings: { ...settings, context }, notes };
}

/** How many frames of a video are predicted. */
export function predictedFrames({ context }: PredictorSettings, { frames }: VideoFacts): number {
  return Math.max(0, frames - context);
}

/** What of the settings decides what is predicted. */
export function keyedPredictor(
  { kernels, context, height, width }: PredictorSettings,
  { inspected }: Facts,
): { readonly [key: string]: Json } {
  const { weights } = inspected?.digests ?? {};
  return { ...(weights !== undefined && { weights }), kernels, context, height, width };
}

/** So many windows of the network, and what is done once. */
export function predictorWork(
  { context, height, width }: PredictorSettings,
  { inspected }: Facts,
  windows: number,
): Work[] {
  const size = { height, width };
  const part = `prednet/${stacksOf(inspected).join("-")}`;
  return [
    { ...size, iterations: windows * (context + 1), parts: [part] },
    { ...size, iterations: 1, parts: ["start", "open/prednet", "compile/prednet"] },
  ];
}

/** Sentences for the manifest. */
export function predictorDeviations(
  { weights, kernels, context, height, width }: PredictorSettings,
  facts: Facts,
): string[] {
  const paper = height === 128 && width === 160 && context === 10;
  return [
    ...(paper ? [] : [
      `frames were predicted at ${height} x ${width} from ${context} frames before them (in the paper at 128 x 160 from 10)`,
    ]),
    ...(weights === undefined ? [] : [
      `PredNet with weights of the user's own, of ${stacksOf(facts.inspected).join(", ")} channels by level`,
    ]),
    ...(kernels === "theano" ? ["PredNet's kernels were read as those that Theano learned"] : []),
  ];
}

/** How frames were predicted, for a methods section. No checksum of the model's weights is published: they have but a name. */
export function predictorSentence(
  { model, context, height, width, weights, kernels }: PredictorSettings,
): string {
  const whose = weights === undefined ? `weights named ${model}` : "weights of our own";
  const turned = kernels === "theano" ? " (kernels of Theano, turned by 180 degrees)" : "";
  return `PredNet${citing([lotter2017])} with ${whose}${turned} predicted each frame from the ${
    counted(context, "frame")
  } before it, resized to ${height} x ${width} pixels, its state reset for each.`;
}
