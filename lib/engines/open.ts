/**
 * The one door to the engines.
 * @module
 */
import { MissingError, WorkflowError } from "../errors.ts";
import type { Engine, EngineOpener, EngineOptions } from "./engine.ts";

type EngineName = NonNullable<EngineOptions["engine"]>;

const defaultEngine: EngineName = "onnxruntime";

/** Each implementation is loaded when it is first asked for. */
const openers: {
  readonly [K in EngineName]: (options: EngineOptions) => Promise<Engine>;
} = {
  onnxruntime: async (options) => (await loadOnnxRuntime()).openOnnxRuntimeEngine(options),
  reference: async (options) =>
    (await import("./reference/reference_engine.ts")).openReferenceEngine(options),
};

/** Whether an engine computes on devices of which a machine may have several: known without loading it. */
const hasDevices: { readonly [K in EngineName]: boolean } = {
  // By its provider for the CPU, which is one.
  onnxruntime: false,
  reference: false,
};

/**
 * Opens an engine, by default ONNX Runtime.
 * @throws {WorkflowError} when a device is chosen, and it has none
 * @throws {MissingError} when it is not on this machine, or has no build for it
 */
export const openEngine: EngineOpener = async (options): Promise<Engine> => {
  const { engine = defaultEngine, device } = options;
  if (device !== undefined) requireDevices(options, [device]);
  return await openers[engine](options);
};

/** Throws WorkflowError when the engine has no such devices. Loads no engine. */
export function requireDevices({ engine = defaultEngine }: EngineOptions, devices: readonly number[]): void {
  if (hasDevices[engine]) return;
  throw new WorkflowError(
    `--devices ${
      devices.join(",")
    }: error: the engine ${engine} computes on this machine's processor, which is no ` +
      `numbered device; leave --devices out (--workers ${
        Math.max(2, devices.length)
      } makes so many instances at a time, ` +
      "which share the processor's threads)",
  );
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
