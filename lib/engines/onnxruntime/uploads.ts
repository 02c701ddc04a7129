/**
 * Tensors that stay on a GPU between runs. ONNX Runtime's Node binding has no way to put one there but as the output of a
 * session: here of one that copies its input.
 * @module
 */
import { type InferenceSession, Tensor } from "onnxruntime-node";
import { encodeModel, floatValue, node } from "../../formats/onnx/model.ts";
import type { Shape } from "../../graph/graph.ts";
import { openSession, type SessionChoices } from "./sessions.ts";

/** Copies tensors to the device; one session for each shape. */
export class Uploads implements AsyncDisposable {
  readonly #choices: SessionChoices;
  readonly #sessions = new Map<string, Promise<InferenceSession>>();

  constructor(choices: SessionChoices) {
    this.#choices = choices;
  }

  /** A copy on the device, for the caller to dispose of. */
  async copy(data: Float32Array, shape: Shape): Promise<Tensor> {
    const key = shape.join();
    const opening = this.#sessions.get(key) ?? openSession(copyingModel(shape), this.#choices, {
      preferredOutputLocation: "gpu-buffer",
    });
    this.#sessions.set(key, opening);
    const { copy } = await (await opening).run({ given: new Tensor("float32", data, shape) });
    if (copy === undefined) throw new Error("uploads: the session made no copy");
    return copy;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const sessions = [...this.#sessions.values()];
    this.#sessions.clear();
    for (const session of sessions) await (await session).release();
  }
}

function copyingModel(shape: Shape): Uint8Array {
  return encodeModel({
    name: "copy",
    inputs: [floatValue("given", shape)],
    outputs: [floatValue("copy", shape)],
    initializers: [],
    nodes: [node("Identity", ["given"], ["copy"])],
  });
}
