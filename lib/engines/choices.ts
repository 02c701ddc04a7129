/**
 * Which choices of an engine go together: known without loading any.
 * @module
 */
import { WorkflowError } from "../errors.ts";
import type { EngineOptions, Precision, ProviderChoice } from "./engine.ts";

/** The name of an engine. */
export type EngineName = NonNullable<EngineOptions["engine"]>;

/** All engines, in the order in which they are told. */
export const engineNames = ["onnxruntime", "tensorflow", "reference"] as const;

/** What computes where nobody says it. */
export const defaultEngine: EngineName = "onnxruntime";

/** What ONNX Runtime hands the work to where nobody says it: on every machine the same. */
export const defaultProvider: ProviderChoice = "cpu";

/** All providers that can be asked for, in the order in which they are told. */
export const providerNames = ["auto", "cpu", "webgpu", "cuda", "tensorrt", "coreml", "directml"] as const;

/** All backends of TensorFlow.js that can be asked for, in the order in which they are tried. */
export const backendNames = ["auto", "node-gpu", "node", "webgpu", "wasm", "cpu"] as const;

/** What there is to know of something that computes. */
interface Abilities {
  /** What it computes on, where that is nothing that one numbers. */
  readonly withoutDevices?: string;
  /** Why it does not compute in float16; absent where it does. */
  readonly withoutFloat16?: string;
  /** It convolves as it likes, by Winograd's algorithm too: equal neighborhoods may give other bits. */
  readonly convolvesItsWay?: true;
}

const adapter = "computes on the graphics adapter that the system gives it";

const processor = "computes on this machine's processor";

const providers: Readonly<Record<ProviderChoice, Abilities>> = {
  auto: {},
  cpu: { withoutDevices: processor, withoutFloat16: "computes float16 as float32" },
  webgpu: { withoutDevices: adapter },
  cuda: { convolvesItsWay: true },
  tensorrt: {
    withoutFloat16: "can't be told by ONNX Runtime's Node binding to compute float16",
    convolvesItsWay: true,
  },
  coreml: {
    withoutDevices: "chooses among this machine's processors itself",
    withoutFloat16: "decides itself in which precision it computes",
    convolvesItsWay: true,
  },
  directml: { convolvesItsWay: true },
};

const engines: Readonly<Record<EngineName, (options: EngineOptions) => Abilities>> = {
  onnxruntime: ({ provider = defaultProvider }) => providers[provider],
  tensorflow: () => ({
    withoutDevices:
      "computes on the first device that it finds (for node-gpu: that CUDA_VISIBLE_DEVICES shows it)",
    withoutFloat16: "has no float16",
  }),
  reference: () => ({ withoutDevices: processor, withoutFloat16: "computes in float64" }),
};

/** In the order in which they are told. */
const withFloat16 = Object.entries(providers).filter(([name, { withoutFloat16 }]) =>
  name !== "auto" && withoutFloat16 === undefined
).map(([name]) => name);

/**
 * Throws WorkflowError for choices that do not go together: a provider of another engine, a device where there is none, a
 * precision that would not be computed in. What a machine has is found out when the engine is opened.
 */
export function requireFittingChoices(options: EngineOptions): void {
  const { engine = defaultEngine, provider, backend, device, precision } = options;
  if (provider !== undefined && engine !== "onnxruntime") {
    throw new WorkflowError(
      `--provider ${provider}: error: providers are ONNX Runtime's, and the engine is ${engine}; leave it out, ` +
        "or choose --engine onnxruntime",
    );
  }
  if (backend !== undefined && engine !== "tensorflow") {
    throw new WorkflowError(
      `--backend ${backend}: error: backends are TensorFlow.js's, and the engine is ${engine}; leave it out, ` +
        "or choose --engine tensorflow",
    );
  }
  if (device !== undefined) requireDevices(options, [device]);
  if (precision !== undefined) requirePrecision(options, precision);
  if (options.exact === true) requireExact(options);
}

/** Throws WorkflowError when what computes has no such devices. */
export function requireDevices(options: EngineOptions, devices: readonly number[]): void {
  const { engine = defaultEngine } = options;
  const { withoutDevices } = engines[engine](options);
  if (withoutDevices === undefined) return;
  const option = devices.length === 1 ? "--device" : "--devices";
  throw new WorkflowError(
    `${option} ${devices.join(",")}: error: ${
      nameOf(options)
    } ${withoutDevices}, which is no numbered device; leave ` +
      `${option} out (--workers ${
        Math.max(2, devices.length)
      } makes so many instances at a time, which share the ` +
      "processor's threads)",
  );
}

/**
 * Throws WorkflowError when what computes would not do so in this precision.
 * @param where the precision is asked for: "precision", "stages.metamer.precision"
 */
export function requirePrecision(options: EngineOptions, precision: Precision, where = "precision"): void {
  if (precision === "float32") return;
  const { engine = defaultEngine } = options;
  const { withoutFloat16 } = engines[engine](options);
  if (withoutFloat16 === undefined) return;
  throw new WorkflowError(
    `${where}: error: ${nameOf(options)} ${withoutFloat16}; float16 needs one of ONNX Runtime's providers ` +
      `${withFloat16.join(", ")}: --provider ${withFloat16[0]}`,
  );
}

/** Throws WorkflowError when what computes may convolve otherwise than term by term. */
function requireExact(options: EngineOptions): void {
  const { engine = defaultEngine } = options;
  if (engines[engine](options).convolvesItsWay !== true) return;
  throw new WorkflowError(
    `--exact: error: ${
      nameOf(options)
    } convolves as it chooses, and nobody can tell it otherwise; leave --exact out, or choose ` +
      "--provider cpu or webgpu",
  );
}

/** "the engine reference", "the provider cpu" */
function nameOf({ engine = defaultEngine, provider = defaultProvider }: EngineOptions): string {
  return engine === "onnxruntime" ? `the provider ${provider} of onnxruntime` : `the engine ${engine}`;
}
