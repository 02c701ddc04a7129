/**
 * A model of the user's own as a stream: what is known of it, and the model itself.
 * @module
 */
import { basename, dirname } from "node:path";
import canonicalize from "canonicalize";
import { readModel } from "../../formats/onnx/read_model.ts";
import { outlineOf } from "../../formats/onnx/outline.ts";
import { sha256OfBytes } from "../../store/checksum.ts";
import { activationsOf } from "../activations.ts";
import { type ForeignModel, lookAtForeignModel } from "../model_file/foreign_model.ts";
import { citationText, citesOf, type ModelInput, streamOf } from "../model_file/model_json.ts";
import type { ModelDeclaration, StreamModel } from "../stream_model.ts";
import { framesAsInput } from "./frames_as_input.ts";
import {
  addToGraph,
  type ImportedGraph,
  importGraph,
  operatorsText,
  unsupportedOperators,
} from "./imported_graph.ts";
import { asImages, layersAt } from "./layers.ts";
import { firstPooledLayer } from "./pooled_layers.ts";
import { unsupportedCast } from "./operators/elementwise.ts";
import { readExternalFiles } from "./tensor_data.ts";
import { isKnown } from "./value.ts";

/** What is known of an imported model, as plain data that can be remembered. */
export interface ImportedDeclaration extends ModelDeclaration {
  /** Height and width that frames are resized to, or `native`: they keep theirs. */
  readonly size: ModelInput["size"];
  /** Tensors that cannot be layers, and the operators that are to blame: `TopK (1 node)`. */
  readonly unusable?: { readonly layers: readonly string[]; readonly ops: string };
}

/** Looks at the files of a model. Throws a RunError that says what is wrong with which of them. */
export async function lookAtModel(
  path: string,
  digest: (path: string) => Promise<string>,
): Promise<ForeignModel> {
  return await lookAtForeignModel(path, {
    digest,
    outline: async (path) => outlineOf(readModel(await Deno.readFile(path), basename(path)).graph),
  });
}

/** sha256 of all that decides what a model computes: its files, and the part of the JSON that says how it is used. */
export function digestOfModel({ declaration, digests }: ForeignModel): string {
  const { input, layers } = declaration;
  const { description: _description, labels: _labels, ...files } = digests;
  const text = canonicalize({ input, layers, stream: streamOf(declaration), files });
  if (text === undefined) throw new Error("a declaration without JSON");
  return sha256OfBytes(text);
}

/** Reads the graph and the numbers. Throws a RunError when it is of a version that cannot be read, or damaged. */
export async function readImported({ onnx }: Pick<ForeignModel, "onnx">): Promise<ImportedGraph> {
  const where = basename(onnx);
  const read = readModel(await Deno.readFile(onnx), where);
  return importGraph(read, where, await readExternalFiles(read.graph.initializer, dirname(onnx)));
}

/** Layers are looked for on frames of these sizes; those that fit one of them alone belong to the head of a classifier. */
const triedSides = [224, 256] as const;

/** What is known of a model that was read. */
export function declareImported(
  name: string,
  { declaration, onnx }: ForeignModel,
  imported: ImportedGraph,
): ImportedDeclaration {
  const { input, layers: aliases } = declaration;
  const [side, larger] = triedSides;
  const found = layersAt(imported, input, { height: side, width: side });
  const fitting = input.size === "native"
    ? layersAt(imported, input, { height: larger, width: larger })
    : found;
  const byTensor = Map.groupBy(Object.entries(aliases), ([, tensor]) => tensor);
  const names = (tensors: Iterable<string>) =>
    [...tensors].flatMap((tensor) => [
      ...new Set([...(byTensor.get(tensor) ?? []).map(([alias]) => alias), tensor]),
    ]);
  const layers = names([...found.keys()].filter((tensor) => fitting.has(tensor)));
  const usual = layers.filter((layer) => Object.hasOwn(aliases, layer));
  const byLayer = Map.groupBy(layers, (layer) => aliases[layer] ?? layer);
  const distinct = Array.from(byLayer.values(), ([name = ""]) => name);
  const blamed = new Map([
    ...unsupportedOperators(imported.nodes),
    ...unsupportedCasts(imported, (tensor) => tensor === input.name || found.has(tensor)),
  ]);
  const unusable = names(imported.nodes.flatMap((node) => node.output)).filter((layer) =>
    !layers.includes(layer)
  );
  const pooled = firstPooledLayer(imported, layers, aliases);
  return {
    name,
    stream: streamOf(declaration),
    frames: input.frames,
    stride: input.stride,
    layers,
    ...(distinct.length < layers.length && { distinctLayers: distinct }),
    defaultTextureLayers: usual,
    defaultContentLayers: usual,
    smallestSide: input.size === "native"
      ? smallestSide(
        imported,
        input,
        (usual.length > 0 ? usual : layers).map((layer) => aliases[layer] ?? layer),
      )
      : 1,
    ...(pooled !== undefined && { firstPooledLayer: pooled }),
    ...statedOf({ declaration }),
    weights: basename(onnx),
    ...(unusable.length > 0 && { unusable: { layers: unusable, ops: operatorsText(blamed) } }),
  };
}

/** The casts of what depends on the frames that are not supported, and how many nodes are such. */
function unsupportedCasts(
  { nodes }: ImportedGraph,
  dependsOnFrames: (tensor: string) => boolean,
): ReadonlyMap<string, number> {
  const names = nodes.flatMap(({ opType, input: [tensor = ""], attribute }) => {
    if (opType !== "Cast" || !dependsOnFrames(tensor)) return [];
    const to = attribute.find(({ name }) => name === "to");
    return unsupportedCast(to && Number(to.i)) ?? [];
  });
  return new Map(Map.groupBy(names, (name) => name).entries().map(([name, all]) => [name, all.length]));
}

/** What the JSON alone says of a model. */
export function statedOf({ declaration }: Pick<ForeignModel, "declaration">) {
  return {
    size: declaration.input.size,
    citation: citationText(declaration),
    cites: citesOf(declaration),
  };
}

/** The smallest side of square frames that have all of these tensors. */
function smallestSide(
  imported: ImportedGraph,
  input: ModelInput,
  tensors: readonly string[],
): number {
  let [tooSmall, enough]: [number, number] = [0, triedSides[0]];
  while (enough - tooSmall > 1) {
    const side = Math.floor((tooSmall + enough) / 2);
    const found = layersAt(imported, input, { height: side, width: side });
    if (tensors.every((tensor) => found.has(tensor))) enough = side;
    else tooSmall = side;
  }
  return enough;
}

/** The model as a stream of a synthesis. */
export function streamOfImported(
  declaration: ImportedDeclaration,
  { declaration: { input, layers: aliases } }: ForeignModel,
  imported: ImportedGraph,
): StreamModel {
  return {
    declaration,
    layers(frames, wanted) {
      const [first] = frames;
      if (first === undefined || frames.length !== input.frames) {
        throw new Error(`${declaration.name}: expected ${input.frames} frames, got ${frames.length}`);
      }
      const tensors = new Map(wanted.map((layer) => [layer, aliases[layer] ?? layer]));
      const inputs = new Map([[input.name, framesAsInput(frames, input)]]);
      const values = addToGraph(imported, first.graph, inputs, [...tensors.values()]);
      return Object.fromEntries(
        tensors.entries().map(([layer, tensor]) => {
          const value = values.get(tensor);
          if (value === undefined || isKnown(value)) {
            throw new Error(`${declaration.name}: no layer ${layer}`);
          }
          return [layer, activationsOf([asImages(value)])];
        }),
      );
    },
  };
}
