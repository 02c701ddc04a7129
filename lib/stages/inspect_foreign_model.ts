/**
 * Looks at a model of the user's own for a stage that names it.
 * @module
 */
import { basename, resolve } from "node:path";
import { z } from "zod";
import { axesProblem, channelAxis } from "../analysis/vision_model/activity.ts";
import { RunError } from "../errors.ts";
import { type ModelOutline, outlineOf } from "../formats/onnx/outline.ts";
import { readModel } from "../formats/onnx/read_model.ts";
import {
  type ForeignModel,
  layerNames,
  lookAtForeignModel,
  tensorOf,
} from "../models/model_file/foreign_model.ts";
import type { DigestFile, Inspected, Recall, ReportProblem } from "../plan/stage_kind.ts";
import { isSystemError, systemReason } from "../store/presence.ts";
import { namesBeside } from "./names_beside.ts";
import type { InferredTensors } from "../models/imported/inferred_shapes.ts";
import type { ForeignModelFacts, Layers } from "./foreign_model.ts";

/** What a stage wants of a model. */
export interface WantedModel {
  readonly model: string;
  /** Of a layer "" the model's last output. */
  readonly layers: Layers;
  /** The layer whose entries are the classes that the labels name. */
  readonly classifier?: string;
  /** Asks where the layers' channels stand, which no file states. */
  readonly tellsChannels?: boolean;
}

/** How a kind looks at files. */
export interface Looking {
  readonly folder: string;
  readonly report: ReportProblem;
  readonly digest: DigestFile;
  readonly recall: Recall;
}

/** Looks at the model's files and finds the layers; reports what is wrong and then resolves to undefined. */
export async function inspectForeignModel(
  { model: file, layers, classifier, tellsChannels = false }: WantedModel,
  { folder, report, digest, recall }: Looking,
): Promise<Inspected | undefined> {
  const model = await lookOrReport(file, { folder, report, digest, recall });
  if (model === undefined) return undefined;
  const tensors: Record<string, string> = {};
  for (const [name, layer] of Object.entries(layers)) {
    const tensor = layer === "" ? model.outline.outputs.at(-1) : tensorOf(model, layer);
    if (tensor === undefined) {
      const known = layerNames(model);
      report(["layers", name], { code: "unknown_tensor", layer, model: basename(file), known });
    } else tensors[name] = tensor;
  }
  const { shapes: known, channels } = await tensorsOf(model, Object.values(tensors), {
    recall,
    tellsChannels,
  });
  const classes = classifier === undefined ? undefined : known[tensors[classifier] ?? ""]?.at(-1);
  const count = model.labels?.length;
  if (classes && count !== undefined && count !== classes) {
    report(["model"], { code: "labels_length", file: basename(file), labels: count, classes });
    return undefined;
  }
  if (Object.keys(tensors).length < Object.keys(layers).length) return undefined;
  const shapes = layerShapes(tensors, { model, known, classifier }, (layer, detail) => {
    report(["layers", layer], {
      code: "layer_unusable",
      layer: layers[layer] || tensors[layer] || layer,
      model: basename(file),
      detail,
    });
  });
  if (shapes === undefined) return undefined;
  const { declaration: { input, citation, license }, digests } = model;
  const details: ForeignModelFacts = {
    kind: "model",
    name: basename(file),
    input,
    layers: tensors,
    shapes,
    ...(tellsChannels &&
      { channelsElsewhere: channelsElsewhere(tensors, shapes, { channels, layout: input.layout }) }),
    citation,
    license,
  };
  return { digests, details };
}

const inferredSchema = z.object({
  shapes: z.record(z.string(), z.array(z.union([z.int(), z.null()]))),
  channels: z.record(z.string(), z.int()),
});

/** What is known of some tensors: shapes as the file states them, else as they follow from how it computes them. */
async function tensorsOf(
  model: ForeignModel,
  tensors: readonly string[],
  { recall, tellsChannels }: { readonly recall: Recall; readonly tellsChannels: boolean },
): Promise<InferredTensors> {
  const { outline: { shapes } } = model;
  const areStated = tensors.every((tensor) => shapes[tensor] !== undefined);
  if (areStated && !tellsChannels) return { shapes, channels: {} };
  const { digestOfModel } = await import("../models/imported/open_model.ts");
  const { inferShapes } = await import("../models/imported/inferred_shapes.ts");
  const find = () => inferShapes(model);
  const remembered = inferredSchema.safeParse(await recall("inferred shapes 2", digestOfModel(model), find));
  // A memory that somebody has changed.
  const inferred = remembered.success ? remembered.data : await find();
  return { shapes: { ...inferred.shapes, ...shapes }, channels: inferred.channels };
}

/** The axis of the channels of layers that have it elsewhere than a layer of such a model is taken to have it. */
function channelsElsewhere(
  tensors: Readonly<Record<string, string>>,
  shapes: ForeignModelFacts["shapes"],
  { channels, layout }: Pick<InferredTensors, "channels"> & Pick<ForeignModelFacts["input"], "layout">,
): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(tensors).flatMap(([name, tensor]) => {
      const [shape, axis] = [shapes[name], channels[tensor]];
      if (shape === undefined || axis === undefined) return [];
      return channelAxis(shape.length, layout) === axis - 1 ? [] : [[name, axis - 1]];
    }),
  );
}

/** The layers' shapes without the batch, as far as they are known. Undefined when one cannot be used, which is refused. */
function layerShapes(
  tensors: Readonly<Record<string, string>>,
  { model: { declaration: { input: { layout } }, outline }, known, classifier }: {
    readonly model: ForeignModel;
    readonly known: InferredTensors["shapes"];
    readonly classifier: string | undefined;
  },
  refuse: (layer: string, detail: string) => void,
): ForeignModelFacts["shapes"] | undefined {
  const shapes: ForeignModelFacts["shapes"] = {};
  let good = true;
  for (const [name, tensor] of Object.entries(tensors)) {
    const found = known[tensor];
    if (found === undefined) continue;
    const [windows, ...shape] = found;
    shapes[name] = shape;
    // What a file states of its batch may be any number; what follows from one window may not.
    const isOfNoWindow = outline.shapes[tensor] === undefined && found.length > 0 && windows !== 1;
    const isLongList = name === classifier && shape.slice(0, -1).some((length) => length !== 1);
    const detail = isOfNoWindow
      ? `it has no entry for each window: of one window its shape is [${found.join(", ")}]`
      : axesProblem(shape.length, layout) ??
        (isLongList
          ? "it has more than one number for each class: name the layer with the classes"
          : undefined);
    if (detail === undefined) continue;
    good = false;
    refuse(name, detail);
  }
  return good ? shapes : undefined;
}

async function lookOrReport(
  file: string,
  { folder, report, digest, recall }: Looking,
): Promise<ForeignModel | undefined> {
  const path = resolve(folder, file);
  try {
    if ((await Deno.stat(path)).isFile) {
      return await lookAtForeignModel(path, { digest, outline: rememberedOutline(recall) });
    }
    report(["model"], { code: "model_unusable", file, detail: "it is no file" });
  } catch (error) {
    if (error instanceof RunError) {
      report(["model"], { code: "model_unusable", file, detail: error.message });
    } else if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
      report(["model"], { code: "file_missing", file, path, known: await namesBeside(path) });
    } else if (isSystemError(error)) {
      report(["model"], { code: "file_unreadable", file, detail: systemReason(error) });
    } else throw error;
  }
  return undefined;
}

const axis = z.union([z.int(), z.null()]);

const outlineSchema = z.object({
  inputs: z.array(z.object({ name: z.string(), type: z.string(), shape: z.array(axis).optional() })),
  outputs: z.array(z.string()),
  shapes: z.record(z.string(), z.array(axis)),
  tensors: z.array(z.string()),
  operations: z.array(z.string()),
  externalFiles: z.record(z.string(), z.number()),
});

const rememberedSchema = z.union([outlineSchema, z.object({ unreadable: z.string() })]);

/** The outline of each content of a file is made once. */
function rememberedOutline(recall: Recall): (path: string, sha256: string) => Promise<ModelOutline> {
  return async (path, sha256) => {
    const found = await recall("onnx outline 1", sha256, () => readOutline(path));
    const remembered = rememberedSchema.safeParse(found);
    // A memory that somebody has changed.
    const outline = remembered.success ? remembered.data : await readOutline(path);
    if ("unreadable" in outline) throw new RunError(outline.unreadable);
    return { ...outline, inputs: outline.inputs.map(({ shape, ...input }) => ({ ...input, shape })) };
  };
}

async function readOutline(path: string): Promise<ModelOutline | { readonly unreadable: string }> {
  try {
    return outlineOf(readModel(await Deno.readFile(path), basename(path)).graph);
  } catch (error) {
    if (error instanceof RunError) return { unreadable: error.message };
    throw error;
  }
}
