/**
 * The tensors of an imported model as layers: which there are, and how each becomes channels of images.
 * @module
 */
import { createGraphBuilder } from "../../graph/graph_builder.ts";
import type { Tensor } from "../../graph/graph.ts";
import { input as frameInput, reshape, transpose } from "../../graph/operations.ts";
import { isUserError } from "../../errors.ts";
import type { ModelInput } from "../model_file/model_json.ts";
import { framesAsInput } from "./frames_as_input.ts";
import { addNode, type ImportedGraph, isSupportedNode } from "./imported_graph.ts";
import { type ComputedValue, type ImportedValue, isKnown, shapeOfValue } from "./value.ts";

/** Layers of a model, in the order of computation, with the shapes that they have on frames of one size. */
export type LayerShapes = ReadonlyMap<string, readonly number[]>;

/**
 * The tensors that depend on the frames and can be computed from frames of this size, with their shapes as channels of images.
 * Those behind an operator that is not supported, or behind shapes that do not fit, are left out.
 */
export function layersAt(imported: ImportedGraph, input: ModelInput, size: Size): LayerShapes {
  return new Map(
    valuesAt(imported, input, size).flatMap(([name, value]) =>
      isKnown(value) ? [] : [[name, asImages(value).shape]]
    ),
  );
}

/** A tensor as the model has it for one window. */
export interface TensorAxes {
  readonly shape: readonly number[];
  /** The axis of the channels, where it can be followed. */
  readonly channels?: number;
}

/** The same tensors, and those that do not depend on the frames, with the axes that the model gives them for one window. */
export function tensorAxesAt(
  imported: ImportedGraph,
  input: ModelInput,
  size: Size,
): ReadonlyMap<string, TensorAxes> {
  return new Map(
    valuesAt(imported, input, size).map(([name, value]) => {
      const channels = isKnown(value) ? undefined : value.channels;
      return [name, { shape: shapeOfValue(value), ...(channels !== undefined && { channels }) }];
    }),
  );
}

interface Size {
  readonly height: number;
  readonly width: number;
}

function valuesAt(
  imported: ImportedGraph,
  input: ModelInput,
  { height, width }: Size,
): readonly (readonly [string, ImportedValue])[] {
  const graph = createGraphBuilder();
  const frames = Array.from(
    { length: input.frames },
    (_, i) => frameInput(graph, `${i}`, [height, width, 3]),
  );
  const values = new Map<string, ImportedValue>([[input.name, framesAsInput(frames, input)]]);
  const found: (readonly [string, ImportedValue])[] = [];
  for (const node of imported.nodes) {
    if (!isSupportedNode(node) || !canTry(node.input, imported, values)) continue;
    try {
      addNode(imported, graph, node, values);
    } catch (error) {
      if (!isUserError(error)) throw error;
      continue;
    }
    for (const name of node.output) {
      const value = values.get(name);
      if (value !== undefined) found.push([name, value]);
    }
  }
  return found;
}

/** False where an input could not be computed, for which the reason is known already. */
function canTry(
  names: readonly string[],
  { weights }: ImportedGraph,
  values: ReadonlyMap<string, ImportedValue>,
): boolean {
  return names.every((name) => name === "" || values.has(name) || weights.has(name));
}

/**
 * A value as [channels, height, width]. Images of several frames stand below each other; a list of vectors is a column of
 * pixels, and one vector a single pixel.
 */
export function asImages({ tensor, channels: known }: ComputedValue): Tensor {
  const { shape } = tensor;
  // Images have their channels second, lists of vectors last.
  const axis = known ?? (shape.length >= 4 ? 1 : shape.length - 1);
  const isInFront = shape.slice(0, Math.max(0, axis)).every((length) => length === 1);
  const others = [...shape.keys()].filter((other) => other !== axis);
  const first = isInFront || axis < 0 ? tensor : transpose(tensor, [axis, ...others]);
  const lengths = others.map((other) => shape[other] ?? 1);
  const width = lengths.length >= 3 ? lengths.at(-1) ?? 1 : 1;
  const channels = axis < 0 ? 1 : shape[axis] ?? 1;
  const height = lengths.reduce((product, length) => product * length, 1) / width;
  return reshape(first, [channels, height, width]);
}
