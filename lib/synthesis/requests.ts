/**
 * What scripts say about streams, targets and layers, and how it becomes a recipe.
 * @module
 */
import { RunError } from "../errors.ts";
import type { Frame } from "../frames/frame.ts";
import type { ModelSource, Stream, StreamModel } from "../models/stream_model.ts";
import { layerWeights, type ObjectiveRecipe, type TermRecipe } from "./recipe.ts";
import { type LayerChoice, type Normalization, type TargetTerm, targetTerms } from "./settings.ts";
import type { TargetFrames, TransitionTargets } from "./targets.ts";
import { terms } from "./terms/table.ts";

/** The models of the two streams, by name. */
export interface Streams {
  /** Sees one frame. */
  readonly spatial: string;
  /** Sees a frame and the one before it. */
  readonly temporal: string;
}

/** The models of the paper. */
export const defaultStreams: Streams = { spatial: "vgg19", temporal: "msoe" };

/** Two neighboring frames of a target video, and those before them where a model sees more. */
export interface TargetPair {
  /** The frame before; only temporal terms look at it. */
  readonly previous?: Frame;
  /** Frames before `previous`, oldest first: for models that see more than two. */
  readonly earlier?: readonly Frame[];
  /** The frame that belongs to the one that is generated. */
  readonly current: Frame;
}

/** What a term matches, and how. */
export type TermTarget =
  & {
    /** Names, or a map from name to weight; "default" (the model's own list) when left out, or "all". */
    readonly layers?: LayerChoice | readonly string[];
    /** Weight of the term in the loss; 1 when left out. */
    readonly weight?: number;
  }
  & (TargetPair | {
    /** Several targets: their Gram matrices, or content losses, are mixed by share (1 when left out). */
    readonly mixture: readonly (TargetPair & { readonly share?: number })[];
  });

/** The targets of the terms that take part. */
export type TermTargets = Readonly<Partial<Record<TargetTerm, TermTarget>>>;

/** Opens the models that the targets need. Throws a RunError when a model cannot serve as that stream or has no such layer. */
export async function recipeOf(
  targets: TermTargets,
  streams: Partial<Streams>,
  normalization: Normalization,
  models: ModelSource,
): Promise<ObjectiveRecipe> {
  const names = { ...defaultStreams, ...streams };
  const opened = new Map<Stream, StreamModel>();
  const recipes: TermRecipe[] = [];
  for (const term of targetTerms) {
    const target = targets[term];
    if (target === undefined) continue;
    const { stream } = terms[term];
    const model = opened.get(stream) ?? await openStream(models, stream, names[stream]);
    opened.set(stream, model);
    recipes.push({
      term,
      model,
      layers: layerWeights(term, layerChoice(target.layers), model.declaration),
      targets: "mixture" in target ? target.mixture.length : 1,
    });
  }
  return { terms: recipes, normalization };
}

/** Throws a RunError when there are fewer frames before the moving one than the models see. */
export function requireFramesBefore(
  recipe: ObjectiveRecipe,
  targets: TransitionTargets,
  before: number,
): void {
  for (const { term, model: { declaration } } of recipe.terms) {
    const needed = declaration.frames - 1;
    if (needed > 0 && before === 0) {
      throw new RunError("previous is missing: temporal terms need the generated frame before");
    }
    const given = Math.min(before, ...(targets[term] ?? []).map(({ before = [] }) => before.length));
    if (given < needed) {
      throw new RunError(
        `${declaration.name} sees ${declaration.frames} frames: ${term} needs ${needed} before the last, got ${given}`,
      );
    }
  }
}

/** A model for a stream. Throws a RunError when it was made for the other one. */
export async function openStream(models: ModelSource, stream: Stream, name: string): Promise<StreamModel> {
  const model = await models.open(name);
  if (model.declaration.stream !== stream) {
    throw new RunError(`${name} is a ${model.declaration.stream} model and cannot be the ${stream} stream`);
  }
  return model;
}

/** The targets' frames. Throws a RunError that names the frame whose data does not fit, or that is missing. */
export function targetFrames(targets: TermTargets): TransitionTargets {
  return Object.fromEntries(targetTerms.flatMap((term) => {
    const target = targets[term];
    if (target === undefined) return [];
    const pairs = "mixture" in target ? target.mixture : [target];
    return [[term, pairs.map((pair) => checkedPair(term, pair))]];
  }));
}

/** The frame, when its data fits its size. Throws a RunError. */
export function checkedFrame(name: string, frame: Frame): Frame {
  const { height, width, data } = frame;
  if (data.length === height * width * 3) return frame;
  throw new RunError(
    `${name}: a frame of ${height} x ${width} has ${
      height * width * 3
    } values (height x width x 3), got ${data.length}`,
  );
}

/** Throws a RunError when frames that must have one size have not. */
export function requireSameSize(name: string, frame: Frame, as: string, other: Frame): void {
  if (frame.height === other.height && frame.width === other.width) return;
  throw new RunError(
    `${name} is ${frame.height} x ${frame.width}, but ${as} is ${other.height} x ${other.width}`,
  );
}

/** Throws a RunError when a content target has another size than the frame. */
export function requireContentSize(targets: TransitionTargets, name: string, frame: Frame): void {
  for (const term of ["spatial_content", "temporal_content"] as const) {
    for (const { current } of targets[term] ?? []) {
      requireSameSize(`${term}: the target`, current, name, frame);
    }
  }
}

function checkedPair(term: TargetTerm, pair: TargetPair & { readonly share?: number }): TargetFrames {
  const current = checkedFrame(`${term}: current`, pair.current);
  const share = pair.share ?? 1;
  if (terms[term].stream === "spatial") return { current, share };
  if (pair.previous === undefined) throw new RunError(`${term}: the target's previous frame is missing`);
  const before = [...pair.earlier ?? [], pair.previous];
  for (const frame of before) {
    requireSameSize(`${term}: previous`, checkedFrame(`${term}: previous`, frame), "current", current);
  }
  return { before, current, share };
}

function layerChoice(layers: TermTarget["layers"] = "default"): LayerChoice {
  return isList(layers) ? Object.fromEntries(layers.map((layer) => [layer, 1])) : layers;
}

function isList(layers: LayerChoice | readonly string[]): layers is readonly string[] {
  return Array.isArray(layers);
}
