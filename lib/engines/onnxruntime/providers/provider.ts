/**
 * What ONNX Runtime hands the work to: how a session is set up for it, and what there is to know of it.
 * @module
 */
import type { InferenceSession } from "onnxruntime-node";
import type { ConvolutionChoice, ConvolutionRecord, EngineOptions, Precision } from "../../engine.ts";
import type { Dialect } from "../lowering/dialect.ts";

/** A provider. */
export interface Provider {
  /** What ONNX Runtime calls it: `listSupportedBackends()` names it so. */
  readonly backend: string;
  /** How a graph is written for it. */
  dialect(convolution: ConvolutionChoice, precision: Precision): Dialect;
  /** How it convolves, where that is not what is asked for. */
  readonly convolution?: ConvolutionRecord;
  /** It, on a device, and the providers after it that take over what it lacks. */
  sessions(device: number): readonly InferenceSession.ExecutionProviderConfig[];
  /** False where ONNX Runtime's own processor kernels may take over what of our graphs it lacks; else that is an error. */
  readonly isWhole: boolean;
  /** True where tensors can stay on its device between two runs. */
  readonly keepsTensors: boolean;
  /** What it computes on, as far as that can be known. */
  deviceName(device: number): string;
  /** Sets the process up before a session of it is opened first. */
  prepare?(): void;
  /**
   * Throws MissingError with what is wrong and how to mend it, as far as that can be known before a session is opened. Called
   * for a provider that this platform has a build for.
   */
  requireLibrary?(): Promise<void>;
  /** What keeps its library from loading, in words, once a session did not open; undefined where that is something else. */
  whyNotLoaded?(): string | undefined;
  /** What may be the matter where a session does not open. */
  readonly hint: string;
}

/** How many threads of the processor compute: a GPU's provider leaves them nothing to do. */
export function threadsOf(provider: Provider, { threads }: EngineOptions, own: number): number {
  return provider.isWhole && provider.backend !== "cpu" ? 1 : threads ?? own;
}
