/**
 * Layers of a vision model, batch by batch: the model runs in the engine as it is.
 * @module
 */
import type { Engine, TensorValue } from "../../engines/engine.ts";
import { RunError } from "../../errors.ts";
import { readModel } from "../../formats/onnx/read_model.ts";
import { withOutputs } from "../../formats/onnx/with_outputs.ts";
import { fixedBatch, type ForeignModel } from "../../models/model_file/foreign_model.ts";
import { basename, dirname } from "node:path";
import { activityOf, type LayerActivity } from "./activity.ts";
import { inputTensor, type PreparedFrame } from "./prepared_frame.ts";

/** A model that was opened for some of its layers. */
export interface VisionModel extends AsyncDisposable {
  /** The layers' activity in each window, by the layers' names. Throws a RunError when a number is not finite. */
  run(
    windows: readonly (readonly PreparedFrame[])[],
  ): Promise<readonly Readonly<Record<string, LayerActivity>>[]>;
}

/** So many values of an image of 224 x 224 are in a batch: more is no faster, and takes more memory. */
const batchPixels = 8 * 224 * 224;

/** How many windows are run at a time; it depends on the model and the size alone, for it may decide bits. */
export function batchOf(
  model: ForeignModel,
  { height, width }: { readonly height: number; readonly width: number },
): number {
  const { size, frames } = model.declaration.input;
  const pixels = (size === "native" ? height * width : size[0] * size[1]) * frames;
  return fixedBatch(model) ?? Math.min(8, Math.max(1, Math.floor(batchPixels / pixels)));
}

/**
 * Opens a model.
 * @param bytes of its .onnx
 * @param layers tensors by the names that they are called by
 * Throws a RunError when the engine cannot, or runs no such models.
 */
export async function openVisionModel(
  engine: Engine,
  model: ForeignModel,
  bytes: Uint8Array,
  layers: Readonly<Record<string, string>>,
): Promise<VisionModel> {
  const where = basename(model.onnx);
  if (engine.openModel === undefined) {
    throw new RunError(
      `the engine ${engine.identity.name} runs no ONNX files; ${where} needs --engine onnxruntime, the default`,
    );
  }
  const tensors = [...new Set(Object.values(layers))];
  const session = await engine.openModel({
    where,
    bytes: withOutputs(readModel(bytes, where), tensors),
    folder: dirname(model.onnx),
  });
  const { input: { name, layout } } = model.declaration;
  const fixed = fixedBatch(model);
  return {
    async run(windows) {
      const [last] = windows.slice(-1);
      if (last === undefined) return [];
      const missing = Math.max(0, (fixed ?? 0) - windows.length);
      const made = await session.run(name, inputTensor([...windows, ...Array(missing).fill(last)], layout));
      return windows.map((_, index) =>
        Object.fromEntries(
          Object.entries(layers).map(([layer, tensor]) => {
            const { shape, data } = entryOf(made[tensor], index, layer, windows.length + missing);
            requireFinite(data, layer);
            return [layer, activityOf(layer, shape, data, layout)];
          }),
        )
      );
    },
    [Symbol.asyncDispose]: () => session[Symbol.asyncDispose](),
  };
}

/** The part of a tensor that belongs to one window of the batch. */
function entryOf(value: TensorValue | undefined, index: number, layer: string, count: number): TensorValue {
  const [batch, ...shape] = value?.shape ?? [];
  if (value === undefined || batch !== count || shape.length === 0) {
    throw new RunError(
      `${layer} is no layer with an entry for each window: of ${count} it has the shape [${
        value?.shape.join(", ")
      }]`,
    );
  }
  const length = value.data.length / count;
  return { shape, data: value.data.subarray(index * length, (index + 1) * length) };
}

function requireFinite(data: Float32Array, layer: string): void {
  for (let i = 0; i < data.length; i++) {
    if (!Number.isFinite(data[i])) throw new RunError(`${layer} is not finite: ${data[i]}`);
  }
}
