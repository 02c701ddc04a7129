/**
 * Shapes of the tensors that a file does not state, from how it computes them.
 * @module
 */
import { isUserError } from "../../errors.ts";
import type { AxisLength } from "../../formats/onnx/outline.ts";
import type { ForeignModel } from "../model_file/foreign_model.ts";
import { tensorShapesAt } from "./layers.ts";
import { readImported } from "./open_model.ts";

/** Shapes that a model gives its tensors for one window, by name; null where they follow the frames' size. */
export type InferredShapes = Readonly<Record<string, readonly AxisLength[]>>;

/** Models that take any size are tried at two, square. */
const triedSides = [224, 256] as const;

/**
 * The shapes of all tensors that can be followed; none of those behind an operator that cannot, for which the engine alone
 * can tell.
 */
export async function inferShapes(model: ForeignModel): Promise<InferredShapes> {
  const { input } = model.declaration;
  const imported = await readImported(model).catch((error) => {
    if (isUserError(error)) return undefined;
    throw error;
  });
  if (imported === undefined) return {};
  const sizes = input.size === "native"
    ? triedSides.map((side) => ({ height: side, width: side }))
    : [{ height: input.size[0], width: input.size[1] }];
  const [first = new Map<string, readonly number[]>(), second = first] = sizes.map((size) =>
    tensorShapesAt(imported, input, size)
  );
  return Object.fromEntries(
    first.entries().flatMap(([name, shape]) => {
      const other = second.get(name);
      if (other?.length !== shape.length) return [];
      return [[name, shape.map((length, axis) => length === other[axis] ? length : null)]];
    }),
  );
}
