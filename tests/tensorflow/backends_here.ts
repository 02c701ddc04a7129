/** Which backends of TensorFlow.js this machine has. Those that it has not are skipped by name, with the reason. */
import type { BackendChoice, Engine } from "../../lib/engines/engine.ts";
import { openTensorFlowEngine } from "../../lib/engines/tensorflow/tensorflow_engine.ts";
import { MissingError } from "../../lib/errors.ts";

/** A backend that is tested where it is. */
export type TestedBackend = Exclude<BackendChoice, "auto" | "node-gpu">;

/** Opens the engine, or tells why it does not open. */
async function opened(backend: TestedBackend): Promise<Engine | string> {
  try {
    return await openTensorFlowEngine({ backend, threads: 2 });
  } catch (error) {
    if (error instanceof MissingError) return error.message.split("\n", 1)[0] ?? "";
    throw error;
  }
}

/** Registers tests of a backend with an engine that stays open, or one skipped test that says why it is not here. */
export async function withBackend(backend: TestedBackend, register: (engine: Engine) => void): Promise<void> {
  const engine = await opened(backend);
  if (typeof engine !== "string") register(engine);
  else Deno.test({ name: `tensorflow ${backend}: skipped, since ${engine}`, ignore: true, fn: () => {} });
}

/** An engine that whoever uses it cannot close. */
export function lent(engine: Engine): Engine {
  return { ...engine, [Symbol.asyncDispose]: () => Promise.resolve() };
}
