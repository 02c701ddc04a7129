/**
 * Shapes of the tensors that a file does not state, from how it computes them.
 * @module
 */
import { isUserError } from "../../errors.ts";
import type { AxisLength } from "../../formats/onnx/outline.ts";
import type { ForeignModel } from "../model_file/foreign_model.ts";
import { type TensorAxes, tensorAxesAt } from "./layers.ts";
import { readImported } from "./open_model.ts";

/** Shapes that a model gives its tensors for one window, by name; null where they follow the frames' size. */
export type InferredShapes = Readonly<Record<string, readonly AxisLength[]>>;

/** What can be told of tensors without running the model. */
export interface InferredTensors {
  readonly shapes: InferredShapes;
  /** The axis of the channels by name, as far as it can be followed; the batch's axis is 0. */
  readonly channels: Readonly<Record<string, number>>;
}

/** Models that take any size are tried at two, square. */
const triedSides = [224, 256] as const;

/**
 * The shapes and channels of all tensors that can be followed; none of those behind an operator that cannot, for which the engine alone
 * can tell.
 */
export async function inferShapes(model: ForeignModel): Promise<InferredTensors> {
  const { input } = model.declaration;
  const imported = await readImported(model).catch((error) => {
    if (isUserError(error)) return undefined;
    throw error;
  });
  if (imported === undefined) return { shapes: {}, channels: {} };
  const sizes = input.size === "native"
    ? triedSides.map((side) => ({ height: side, width: side }))
    : [{ height: input.size[0], width: input.size[1] }];
  const [first = new Map<string, TensorAxes>(), second = first] = sizes.map((size) =>
    tensorAxesAt(imported, input, size)
  );
  const shapes = first.entries().flatMap(([name, { shape }]): [string, AxisLength[]][] => {
    const other = second.get(name)?.shape;
    if (other?.length !== shape.length) return [];
    return [[name, shape.map((length, axis) => length === other[axis] ? length : null)]];
  });
  const channels = first.entries().flatMap(([name, { channels }]): [string, number][] =>
    channels === undefined ? [] : [[name, channels]]
  );
  return { shapes: Object.fromEntries(shapes), channels: Object.fromEntries(channels) };
}
