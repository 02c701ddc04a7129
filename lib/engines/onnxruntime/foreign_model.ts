/**
 * A model of somebody else as an inference session: run as it is, not through our graph.
 * @module
 */
import { InferenceSession, Tensor } from "onnxruntime-node";
import { RunError } from "../../errors.ts";
import type { ForeignModel, ModelSession } from "../engine.ts";

/**
 * Opens a session, with the same threads and the same determinism as our own graphs have.
 * Throws a RunError with ONNX Runtime's reason when it cannot.
 */
export async function openForeignModel(
  { where, bytes, folder }: ForeignModel,
  options: InferenceSession.SessionOptions,
  onDispose: (session: ModelSession) => void,
): Promise<ModelSession> {
  const opened = await attempt(
    `${where} can't be opened by ONNX Runtime`,
    InferenceSession.create(bytes, {
      ...options,
      extra: {
        session: { force_spinning_stop: "1", model_external_initializers_file_folder_path: folder },
      },
    }),
  );
  let disposed = false;
  const session: ModelSession = {
    async run(input, { shape, data }) {
      if (disposed) throw new Error("run: the session was disposed");
      const feeds = { [input]: new Tensor("float32", data, shape) };
      const made = await attempt(`${where} failed`, opened.run(feeds));
      return Object.fromEntries(
        Object.entries(made).map(([name, { dims, data }]) => {
          if (data instanceof Float32Array) return [name, { shape: dims, data }];
          throw new RunError(`${where}: ${name} holds no float32 numbers`);
        }),
      );
    },
    async [Symbol.asyncDispose]() {
      if (disposed) return;
      disposed = true;
      await opened.release();
      onDispose(session);
    },
  };
  return session;
}

async function attempt<Result>(what: string, promise: Promise<Result>): Promise<Result> {
  try {
    return await promise;
  } catch (cause) {
    const [reason] = (cause instanceof Error ? cause.message : String(cause)).split("\n");
    throw new RunError(`${what}: ${reason}`, { cause });
  }
}
