/**
 * The one door to the engines.
 * @module
 */
import { MissingError } from "../errors.ts";
import { chooseProvider } from "./auto_provider.ts";
import { defaultEngine, type EngineName, requireFittingChoices } from "./choices.ts";
import type { Engine, EngineOpener, EngineOptions } from "./engine.ts";

/** Each implementation is loaded when it is first asked for. */
const openers: {
  readonly [K in EngineName]: (options: EngineOptions) => Promise<Engine>;
} = {
  onnxruntime: async (options) => (await loadOnnxRuntime()).openOnnxRuntimeEngine(options),
  tensorflow: async (options) =>
    (await import("./tensorflow/tensorflow_engine.ts")).openTensorFlowEngine(options),
  reference: async (options) =>
    (await import("./reference/reference_engine.ts")).openReferenceEngine(options),
};

/**
 * Opens an engine, by default ONNX Runtime.
 * @throws {WorkflowError} for choices that do not go together, such as a device where there is none
 * @throws {MissingError} when it is not on this machine, or has no build for it
 */
export const openEngine: EngineOpener = async (options): Promise<Engine> => {
  requireFittingChoices(options);
  const { engine = defaultEngine } = options;
  return await openers[engine]((await withChosenProvider(options)).options);
};

/** Options in which `auto` has become a provider of this machine, and why it is not one of those before it. */
export async function withChosenProvider(
  options: EngineOptions,
): Promise<{ readonly options: EngineOptions; readonly passedOver: readonly string[] }> {
  if (options.provider !== "auto") return { options, passedOver: [] };
  const { provider, passedOver } = await chooseProvider(options, openEngine);
  const chosen = { ...options, provider };
  requireFittingChoices(chosen);
  return { options: chosen, passedOver };
}

async function loadOnnxRuntime() {
  try {
    return await import("./onnxruntime/onnxruntime_engine.ts");
  } catch (error) {
    throw missingOnnxRuntime(error);
  }
}

/** What a user can do about a native library that does not load. */
function missingOnnxRuntime(cause: unknown): MissingError {
  const { os, arch } = Deno.build;
  const reason = cause instanceof Error ? cause.message.split("\n", 1)[0] : String(cause);
  const message = [
    `the engine onnxruntime could not be loaded on ${os} ${arch}: ${reason}`,
    "It runs on Linux (glibc) and Windows on x64 and arm64, and on macOS on arm64.",
    "If this is such a machine, fetch it again: remove the folder node_modules, then run " +
    `\`npx -y deno@${Deno.version.deno} install\` in the project's folder.`,
  ].join("\n");
  return new MissingError(message, { cause });
}
