/**
 * What we call of TensorFlow.js. Its packages are none of this project's: they are loaded when the engine is asked for, so
 * their own types are not at hand here. tests/tensorflow/library_test.ts holds these against them.
 * @module
 */

/** A tensor in the backend's memory, which holds it until it is disposed. */
export interface DeviceTensor {
  readonly shape: readonly number[];
  /** Waits for the device. */
  data(): Promise<Float32Array | Int32Array | Uint8Array>;
  dispose(): void;
}

/** Lengths, positions or axes. */
type Numbers = readonly number[];

/** A number for rows and one for columns. */
type Pair = readonly [number, number];

/** What stands before and after an axis. */
export type Border = readonly [before: number, after: number];

/** The functions of `@tensorflow/tfjs` that we use, under its own names; of its own tensors, or of what we know of them. */
export interface TensorFlow<Tensor extends DeviceTensor = DeviceTensor> {
  // The library itself
  enableProdMode(): void;
  setBackend(name: string): Promise<boolean>;
  getBackend(): string;
  /** What computes, with properties of its own. */
  backend(): object;
  removeBackend(name: string): void;
  memory(): { readonly numTensors: number };

  // Life of tensors
  tensor(values: Float32Array | Int32Array, shape: Numbers, type: "float32" | "int32"): Tensor;
  /** Disposes all that was made inside but what is returned. */
  tidy<T extends Tensor | Tensor[]>(compute: () => T): T;
  /** Saves a tensor from the `tidy` around it. */
  keep(x: Tensor): Tensor;
  clone(x: Tensor): Tensor;

  // Element by element
  neg(x: Tensor): Tensor;
  abs(x: Tensor): Tensor;
  sign(x: Tensor): Tensor;
  sqrt(x: Tensor): Tensor;
  relu(x: Tensor): Tensor;
  step(x: Tensor): Tensor;
  exp(x: Tensor): Tensor;
  tanh(x: Tensor): Tensor;
  erf(x: Tensor): Tensor;
  add(a: Tensor, b: Tensor): Tensor;
  sub(a: Tensor, b: Tensor): Tensor;
  mul(a: Tensor, b: Tensor): Tensor;
  div(a: Tensor, b: Tensor): Tensor;
  maximum(a: Tensor, b: Tensor): Tensor;
  minimum(a: Tensor, b: Tensor): Tensor;
  /** Of truth values, as `equal` and `notEqual`. */
  greater(a: Tensor, b: Tensor): Tensor;
  equal(a: Tensor, b: Tensor): Tensor;
  notEqual(a: Tensor, b: Tensor): Tensor;
  where(condition: Tensor, a: Tensor, b: Tensor): Tensor;
  cast(x: Tensor, type: "float32"): Tensor;

  // Linear algebra
  sum(x: Tensor, axes: Numbers, keepDims: boolean): Tensor;
  matMul(a: Tensor, b: Tensor): Tensor;
  conv2d(
    x: Tensor,
    filter: Tensor,
    strides: Pair,
    pad: "valid" | readonly [Border, Border, Border, Border],
    dataFormat: "NHWC",
    dilations: Pair,
  ): Tensor;
  conv2dTranspose(
    x: Tensor,
    filter: Tensor,
    outputShape: readonly [number, number, number, number],
    strides: Pair,
    pad: "valid",
  ): Tensor;
  depthwiseConv2d(
    x: Tensor,
    filter: Tensor,
    strides: Pair,
    pad: "valid",
    dataFormat: "NHWC",
    dilations: Pair,
  ): Tensor;

  // Layout
  reshape(x: Tensor, shape: Numbers): Tensor;
  transpose(x: Tensor, permutation: Numbers): Tensor;
  slice(x: Tensor, begin: Numbers, size: Numbers): Tensor;
  pad(x: Tensor, paddings: readonly Border[], value?: number): Tensor;
  concat(tensors: readonly Tensor[], axis: number): Tensor;
  gather(x: Tensor, indices: Tensor, axis: number): Tensor;
  broadcastTo(x: Tensor, shape: Numbers): Tensor;
}

/** Total by type: the compiler names a function that is called and not looked for. */
const functions: Readonly<Record<keyof TensorFlow, "function">> = {
  enableProdMode: "function",
  setBackend: "function",
  getBackend: "function",
  backend: "function",
  removeBackend: "function",
  memory: "function",
  tensor: "function",
  tidy: "function",
  keep: "function",
  clone: "function",
  neg: "function",
  abs: "function",
  sign: "function",
  sqrt: "function",
  relu: "function",
  step: "function",
  exp: "function",
  tanh: "function",
  erf: "function",
  add: "function",
  sub: "function",
  mul: "function",
  div: "function",
  maximum: "function",
  minimum: "function",
  greater: "function",
  equal: "function",
  notEqual: "function",
  where: "function",
  cast: "function",
  sum: "function",
  matMul: "function",
  conv2d: "function",
  conv2dTranspose: "function",
  depthwiseConv2d: "function",
  reshape: "function",
  transpose: "function",
  slice: "function",
  pad: "function",
  concat: "function",
  gather: "function",
  broadcastTo: "function",
};

/** Functions of TensorFlow.js that a loaded module lacks; none of a library that we can use. */
export function missingFunctions(loaded: unknown): readonly string[] {
  return Object.keys(functions).filter((name) => !hasFunction(loaded, name));
}

/** True for a module with all functions that we call. */
export function isTensorFlow(loaded: unknown): loaded is TensorFlow {
  return missingFunctions(loaded).length === 0;
}

/** True for an object or module with a function of that name. */
export function hasFunction<Name extends string>(
  loaded: unknown,
  name: Name,
): loaded is { readonly [K in Name]: (...given: readonly unknown[]) => unknown } {
  return typeof loaded === "object" && loaded !== null && typeof Reflect.get(loaded, name) === "function";
}
