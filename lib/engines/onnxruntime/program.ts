/**
 * A compiled graph: an inference session with the inputs that stay.
 * @module
 */
import { type InferenceSession, Tensor } from "onnxruntime-node";
import type { Graph } from "../../graph/graph.ts";
import type { Program, TensorValue, TensorValues } from "../engine.ts";
import { inputShapes, requireAll, requireFitting } from "../program_inputs.ts";
import { channelsLastShape, withChannelsLast } from "./lowering/layout_of_values.ts";
import { runSession } from "./sessions.ts";
import type { Uploads } from "./uploads.ts";
import { inputName, outputName, type WrittenGraph } from "./write_model.ts";

type Feeds = Readonly<Record<string, Tensor>>;

/** Where a program belongs. */
interface Surroundings {
  /** Keeps what is bound on the device; left out: it is given to each run. */
  readonly uploads?: Uploads | undefined;
  readonly onDispose?: () => void;
}

/**
 * The program of a session that was made from this graph.
 * @param written shared constants are used, not copied
 */
export function createProgram(
  graph: Graph,
  session: InferenceSession,
  { shared, channelsLastInputs }: Pick<WrittenGraph, "shared" | "channelsLastInputs">,
  { uploads, onDispose }: Surroundings = {},
): Program {
  const shapes = inputShapes(graph);
  const outputs = Object.keys(graph.outputs);
  const constants = Object.fromEntries(
    Object.entries(shared).map(([name, { shape, data }]) => [name, new Tensor("float32", data, shape)]),
  );
  let bound: Feeds = {};
  let disposed = false;

  /** Under the names and in the layouts that the model has. */
  const feedsOf = (values: TensorValues, prepare: (data: Float32Array) => Float32Array): Feeds =>
    Object.fromEntries(
      Object.entries(values).map(([name, { shape, data }]) => [
        inputName(name),
        channelsLastInputs.includes(name)
          ? new Tensor("float32", withChannelsLast(shape, data), channelsLastShape(shape))
          : new Tensor("float32", prepare(data), shape),
      ]),
    );

  return {
    async bind(inputs) {
      requireFitting(shapes, inputs);
      // Copied: what is bound stays as it is whatever becomes of the caller's arrays.
      const copied = feedsOf(inputs, (data) => data.slice());
      const kept = uploads === undefined ? copied : await onDevice(uploads, copied);
      for (const name of Object.keys(kept)) bound[name]?.dispose();
      bound = { ...bound, ...kept };
    },
    async run(inputs) {
      if (disposed) throw new Error("run: the program was disposed");
      requireFitting(shapes, inputs);
      const feeds = { ...bound, ...feedsOf(inputs, (data) => data) };
      requireAll(shapes, (name) => Object.hasOwn(feeds, inputName(name)));
      const made = await runSession(session, { ...constants, ...feeds });
      return Object.fromEntries(outputs.map((name) => [name, valueOf(name, made[outputName(name)])]));
    },
    async [Symbol.asyncDispose]() {
      if (disposed) return;
      disposed = true;
      for (const tensor of Object.values(bound)) tensor.dispose();
      bound = {};
      await session.release();
      onDispose?.();
    },
  };
}

async function onDevice(uploads: Uploads, feeds: Feeds): Promise<Feeds> {
  const copies: Record<string, Tensor> = {};
  for (const [name, tensor] of Object.entries(feeds)) {
    if (!(tensor.data instanceof Float32Array)) throw new Error(`bind: ${name} is no float32`);
    copies[name] = await uploads.copy(tensor.data, tensor.dims);
  }
  return copies;
}

function valueOf(name: string, made: InferenceSession.OnnxValueMapType[string] | undefined): TensorValue {
  const data = made?.data;
  if (!made || !(data instanceof Float32Array)) {
    throw new Error(`run: the session made no float32 output ${name}`);
  }
  return { shape: made.dims, data };
}
