/**
 * What an engine does for the rooms above it. Implementations stand in folders beside this file; `open.ts` is their only door.
 * @module
 */
import type { Graph, Shape } from "../graph/graph.ts";

/** A value that goes into or comes out of a program: float32, row-major. */
export interface TensorValue {
  readonly shape: Shape;
  readonly data: Float32Array;
}

/** Values by the names of the graph's inputs or outputs. */
export type TensorValues = Readonly<Record<string, TensorValue>>;

/** How convolutions of learned 3x3 kernels are computed: term by term, or by Winograd's algorithm where that is faster. */
export type ConvolutionChoice = "direct" | "winograd";

/** What ONNX Runtime hands the work to; `auto` is the first that is on this machine and computes right. */
export type ProviderChoice = "auto" | "cpu" | "webgpu" | "cuda" | "tensorrt" | "coreml" | "directml";

/** What TensorFlow.js computes with; `auto` is the first that is installed and starts, in this order. */
export type BackendChoice = "auto" | "node-gpu" | "node" | "webgpu" | "wasm" | "cpu";

/** In which precision networks are computed. In float16 it is their convolutions; sums, losses and updates stay float32. */
export type Precision = "float32" | "float16";

/** How what computed convolved: as it was asked for, or as its provider chose to, which nobody is told. */
export type ConvolutionRecord = ConvolutionChoice | "provider";

/** What computed a frame: recorded in manifests, never part of a key. */
export interface EngineIdentity {
  /** As it is asked for: "onnxruntime", "tensorflow", "reference". */
  readonly name: string;
  /** Of the engine itself. */
  readonly version: string;
  /** What it hands the work to, its provider or backend: "cpu", "webgpu". */
  readonly provider: string;
  /** What the work runs on. */
  readonly device: string;
  /** In which it computes; what goes in and comes out is float32. */
  readonly precision: Precision | "float64";
  /** How many it computes with. */
  readonly threads: number;
  /** How it computes convolutions. */
  readonly convolution: ConvolutionRecord;
  /** By which arithmetic of this program (arithmetic.ts). */
  readonly arithmetic: number;
}

/** A graph made ready to run. */
export interface Program extends AsyncDisposable {
  /** Sets inputs that stay for all later runs: targets, previous frame, multipliers. */
  bind(inputs: TensorValues): Promise<void>;
  /** Computes the outputs from the bound inputs and those given here. */
  run(inputs: TensorValues): Promise<TensorValues>;
}

/** An ONNX model of somebody else. */
export interface ForeignModel {
  /** Its file's name, for error messages. */
  readonly where: string;
  /** Its bytes; the outputs that it has are computed. */
  readonly bytes: Uint8Array;
  /** The folder in which the files lie that hold weights of it. */
  readonly folder: string;
}

/** A foreign model made ready to run. */
export interface ModelSession extends AsyncDisposable {
  /** Computes all outputs from the one input. Throws a RunError when the model does not take it. */
  run(input: string, value: TensorValue): Promise<TensorValues>;
}

/** An engine that was opened: owns native resources until disposed. */
export interface Engine extends AsyncDisposable {
  /** What computes, for records. */
  readonly identity: EngineIdentity;
  /**
   * True where what is bound travels to a device again with each run: to compute much from few inputs is then quicker than to bind
   * what comes of them.
   * @internal
   */
  readonly sendsBoundInputs?: boolean;
  /**
   * Throws UnsupportedOpsError, which names all operations that this engine cannot run.
   * @internal
   */
  compile(graph: Graph): Promise<Program>;
  /**
   * Opens a model as it is; absent from an engine that runs our graphs alone. Throws a RunError when it cannot.
   * @internal
   */
  openModel?(model: ForeignModel): Promise<ModelSession>;
}

/** How to open an engine; what is left out is chosen by the engine. */
export interface EngineOptions {
  /** ONNX Runtime when left out. */
  readonly engine?: "onnxruntime" | "tensorflow" | "reference";
  /** How many threads it computes with. */
  readonly threads?: number;
  /** Of ONNX Runtime; the CPU when left out, so that a machine's results stay what they were. */
  readonly provider?: ProviderChoice;
  /** Of TensorFlow.js; `auto` when left out. */
  readonly backend?: BackendChoice;
  /** Index of the device that it computes on, where the machine has several of a kind; the first when left out. */
  readonly device?: number;
  /** float32 when left out. It decides bytes: a setting of the stage that is computed, never of the machine. */
  readonly precision?: Precision;
  /**
   * Convolutions term by term, in which equal neighborhoods give equal bits; left out, an engine that knows Winograd's
   * algorithm uses it where it is faster, which rounds them apart.
   */
  readonly exact?: boolean;
}

/** Opens an engine: `openEngine` of `open.ts` has this type. */
export type EngineOpener = (options: EngineOptions) => Promise<Engine>;

/** A graph holds operations that an engine cannot run; `ops` names all of them. */
export class UnsupportedOpsError extends Error {
  override readonly name = "UnsupportedOpsError";
  constructor(readonly engine: string, readonly ops: readonly string[]) {
    super(`${engine} cannot run: ${ops.join(", ")}`);
  }
}
