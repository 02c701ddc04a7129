/**
 * The engine for what TensorFlow.js runs on: TensorFlow's own library with CUDA or without, WebGPU, WebAssembly, JavaScript.
 * @module
 */
import { cpus } from "node:os";
import { MissingError } from "../../errors.ts";
import { arithmetic } from "../arithmetic.ts";
import type { BackendChoice, Engine, EngineOptions } from "../engine.ts";
import { defaultThreads } from "../threads.ts";
import { type Backend, backends, installLine } from "./backends.ts";
import { activate, load, type Loaded, MissingBackendError, project } from "./load.ts";
import type { TensorFlow } from "./library.ts";
import { createProgram } from "./program.ts";

/**
 * Opens TensorFlow.js with the backend that is asked for, else with the first one that is installed and starts; WebGPU then only
 * on a graphics adapter that is hardware.
 * @param candidates from which it is chosen, in this order
 * @throws {MissingError} with the line that installs what is missing
 */
export async function openTensorFlowEngine(
  options: EngineOptions = {},
  candidates: readonly Backend[] = backends,
): Promise<Engine> {
  const { backend: asked = "auto", threads = defaultThreads() } = options;
  const { backend, loaded: { tf, ...loaded } } = await first(asked, threads, candidates);
  const opened = new Set<AsyncDisposable>();
  return {
    identity: {
      name: "tensorflow",
      version: loaded.version,
      provider: backend.name,
      device: await deviceOf(backend),
      precision: "float32",
      threads: loaded.threads,
      convolution: "direct",
      arithmetic,
    },
    async compile(graph) {
      await activate(tf, backend);
      const program = createProgram(tf, graph, () => activate(tf, backend), () => opened.delete(program));
      opened.add(program);
      return program;
    },
    async [Symbol.asyncDispose]() {
      for (const resource of opened) await resource[Symbol.asyncDispose]();
    },
  };
}

interface Chosen {
  readonly backend: Backend;
  readonly loaded: Loaded;
}

/** The first backend that was asked for and loads. */
async function first(
  asked: BackendChoice,
  threads: number,
  candidates: readonly Backend[],
): Promise<Chosen> {
  const reasons: string[] = [];
  for (const backend of candidates) {
    if (asked !== "auto" && asked !== backend.name) continue;
    try {
      if (asked === "auto") await requireHardware(backend);
      const loaded = await load(backend, threads);
      requireGpu(loaded.tf, backend);
      return { backend, loaded };
    } catch (error) {
      if (asked !== "auto" || !(error instanceof MissingBackendError)) throw error;
      reasons.push(`  ${backend.name}: ${error.reason}`);
    }
  }
  const wanted = backends.find(({ name }) => name === "node") ?? backends[0];
  throw new MissingError([
    "the engine tensorflow could not be loaded with any backend:",
    ...reasons,
    ...(wanted
      ? [
        `To install TensorFlow's library for this machine's processor, in ${project}: \`${
          installLine(wanted)
        }\``,
      ]
      : []),
    "With a GPU, name its backend: --backend node-gpu or --backend webgpu say what they need; --backend wasm needs nothing.",
  ].join("\n"));
}

/** TensorFlow's library for GPUs computes on the processor, and says nothing, where it finds none. */
function requireGpu(tf: TensorFlow, backend: Backend): void {
  if (backend.name !== "node-gpu" || Reflect.get(tf.backend(), "isUsingGpuDevice") === true) return;
  tf.removeBackend(backend.registeredAs);
  throw new MissingBackendError(backend, "whole", "TensorFlow's library finds no GPU");
}

/** A graphics adapter made of software is slower than WebAssembly: it is taken by name alone. */
async function requireHardware(backend: Backend): Promise<void> {
  if (backend.name !== "webgpu") return;
  const info = await adapterInfo();
  if (info?.isFallbackAdapter !== true) return;
  throw new MissingBackendError(
    backend,
    "whole",
    `the only graphics adapter is software, ${info.description}`,
  );
}

async function adapterInfo(): Promise<GPUAdapterInfo | undefined> {
  return (await navigator.gpu.requestAdapter())?.info;
}

async function deviceOf({ name }: Backend): Promise<string> {
  if (name === "node-gpu") return `CUDA device ${Deno.env.get("CUDA_VISIBLE_DEVICES") ?? 0}`;
  if (name === "webgpu") return (await adapterInfo())?.description || "unknown";
  return cpus()[0]?.model.trim() ?? "unknown";
}
