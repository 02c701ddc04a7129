/**
 * Loads TensorFlow.js with a backend from the folder `tensorflow` of the project, where users install it: nothing of it is
 * among this project's own packages, so that nobody downloads it who does not ask for it.
 * @module
 */
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import util from "node:util";
import { MissingError } from "../../errors.ts";
import { type Backend, installLine, library } from "./backends.ts";
import { hasFunction, isTensorFlow, missingFunctions, type TensorFlow } from "./library.ts";

/** TensorFlow.js, with the backend that computes. */
export interface Loaded {
  readonly tf: TensorFlow;
  readonly version: string;
  readonly threads: number;
}

const folder = new URL("../../../tensorflow/", import.meta.url);

/** Where users install it: the project's own folder. */
export const project = dirname(fileURLToPath(folder));

/**
 * Loads the library and makes a backend the one that computes.
 * @param threads so many compute, where the backend has several
 * @throws {MissingBackendError} with the line that installs what is missing, or what is wrong with what is there
 */
export async function load(backend: Backend, threads: number): Promise<Loaded> {
  const require = createRequire(folder);
  if (backend.isNative) prepareProcess(threads);
  const tf = required(require, library, backend);
  if (!isTensorFlow(tf)) {
    throw new MissingBackendError(backend, "broken", `${library} has no ${missingFunctions(tf).join(", ")}`);
  }
  // Without it the library writes advice between our messages.
  tf.enableProdMode();
  const carrier = backend.package === undefined ? tf : required(require, backend.package, backend);
  const computing = backend.name === "wasm" ? prepareWasm(carrier, require, backend, threads) : undefined;
  await activate(tf, backend);
  return {
    tf,
    version: versionOf(tf),
    threads: backend.isNative ? nativeThreads() : computing?.() ?? 1,
  };
}

/** Makes a backend the one that computes, which another engine of this thread may have changed. Throws MissingBackendError. */
export async function activate(tf: TensorFlow, backend: Backend): Promise<void> {
  if (tf.getBackend() === backend.registeredAs) return;
  try {
    if (await tf.setBackend(backend.registeredAs)) return;
  } catch (error) {
    throw new MissingBackendError(backend, "whole", firstLine(error), error);
  }
  throw new MissingBackendError(backend, "whole", "it could not be started");
}

/** What there is of a backend's packages: nothing, something that cannot be used, or all, so that npm can mend nothing. */
type Packages = "absent" | "broken" | "whole";

/** A backend is not on this machine; the message says what can be done. */
export class MissingBackendError extends MissingError {
  /** @param reason why it could not be loaded */
  constructor(backend: Backend, packages: Packages, readonly reason: string, cause?: unknown) {
    const message = [
      `the engine tensorflow could not be loaded with the backend ${backend.name}: ${reason}`,
      remedies[backend.name],
      ...npmLines(backend, packages),
    ];
    super(message.filter((line) => line !== undefined).join("\n"), { cause });
  }
}

/** npm leaves as it is what is installed, be it broken. */
function npmLines(backend: Backend, packages: Packages): readonly string[] {
  const line = `\`${installLine(backend)}\``;
  switch (packages) {
    case "absent":
      return [`To install it, in ${project}: ${line}`];
    case "broken":
      return [`To install it again, in ${project}: remove the folder tensorflow, then ${line}`];
    case "whole":
      return [];
  }
}

const remedies: { readonly [K in Backend["name"]]?: string } = {
  "node-gpu":
    "It needs Linux or Windows on x64, an NVIDIA GPU with its driver, CUDA 11.2 and cuDNN 8.1, found by LD_LIBRARY_PATH.",
  node:
    "TensorFlow's library is there for Linux and Windows on x64 and for macOS. Its install script fetches it from " +
    "storage.googleapis.com; where that cannot be reached, --backend wasm needs nothing of it.",
  webgpu: "It needs a GPU with a driver for Vulkan, Metal or Direct3D 12.",
};

function required(require: NodeJS.Require, name: string, backend: Backend): unknown {
  try {
    return require(name);
  } catch (error) {
    const isAbsent = error instanceof Error && error.message.includes(`Cannot find module '${name}'`);
    if (isAbsent) {
      throw new MissingBackendError(backend, "absent", `the package ${name} is not installed`, error);
    }
    throw new MissingBackendError(backend, "broken", firstLine(error), error);
  }
}

/**
 * What TensorFlow's library reads when it is loaded, once for the process: how many threads it takes, that it says errors
 * alone, and that it takes memory of a GPU as it is needed. What the user has set stays.
 */
function prepareProcess(threads: number): void {
  const settings = {
    TF_NUM_INTRAOP_THREADS: String(threads),
    TF_NUM_INTEROP_THREADS: "1",
    TF_CPP_MIN_LOG_LEVEL: "2",
    TF_FORCE_GPU_ALLOW_GROWTH: "true",
  };
  for (const [name, value] of Object.entries(settings)) {
    if (Deno.env.get(name) === undefined) Deno.env.set(name, value);
  }
  // tfjs-node calls this function of old versions of Node.js, which Deno does not have.
  if (!("isNullOrUndefined" in util)) {
    Object.assign(util, { isNullOrUndefined: (value: unknown) => value === null || value === undefined });
  }
}

/** The threads of the first engine that this process has loaded. */
function nativeThreads(): number {
  return Number(Deno.env.get("TF_NUM_INTRAOP_THREADS"));
}

/** Says where the backend's binary is and how many threads it may have; the result tells how many it has. */
function prepareWasm(
  carrier: unknown,
  require: NodeJS.Require,
  backend: Backend,
  threads: number,
): () => number {
  const isFitting = hasFunction(carrier, "setWasmPaths") && hasFunction(carrier, "setThreadsCount") &&
    hasFunction(carrier, "getThreadsCount");
  if (!isFitting) {
    throw new MissingBackendError(
      backend,
      "broken",
      `${backend.package} has no setWasmPaths, setThreadsCount and getThreadsCount`,
    );
  }
  carrier.setWasmPaths(`${dirname(require.resolve(backend.package ?? library))}/`);
  carrier.setThreadsCount(threads);
  return () => Number(carrier.getThreadsCount());
}

function versionOf(tf: object): string {
  const version: unknown = Reflect.get(tf, "version_core");
  return typeof version === "string" ? version : "unknown";
}

/** What a library says of an error, in a line. */
export function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split("\n", 1)[0] ?? "";
}
