/**
 * What we call of TensorFlow.js. Its packages are none of this project's: they are loaded when the engine is asked for, so
 * their own types are not at hand here. tests/tensorflow/library_types.ts holds these against them.
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

/** The functions of `@tensorflow/tfjs` that we use, under its own names. */
export interface TensorFlow {
  // The library itself
  enableProdMode(): void;
  setBackend(name: string): Promise<boolean>;
  getBackend(): string;
  /** What computes, with properties of its own. */
  backend(): object;
  removeBackend(name: string): void;
  memory(): { readonly numTensors: number };

  // Life of tensors
  tensor(values: Float32Array | Int32Array, shape: Numbers, type: "float32" | "int32"): DeviceTensor;
  /** Disposes all that was made inside but what is returned. */
  tidy<T extends DeviceTensor | DeviceTensor[]>(compute: () => T): T;
  /** Saves a tensor from the `tidy` around it. */
  keep(x: DeviceTensor): DeviceTensor;
  clone(x: DeviceTensor): DeviceTensor;

  // Element by element
  neg(x: DeviceTensor): DeviceTensor;
  abs(x: DeviceTensor): DeviceTensor;
  sign(x: DeviceTensor): DeviceTensor;
  sqrt(x: DeviceTensor): DeviceTensor;
  relu(x: DeviceTensor): DeviceTensor;
  step(x: DeviceTensor): DeviceTensor;
  exp(x: DeviceTensor): DeviceTensor;
  tanh(x: DeviceTensor): DeviceTensor;
  erf(x: DeviceTensor): DeviceTensor;
  add(a: DeviceTensor, b: DeviceTensor): DeviceTensor;
  sub(a: DeviceTensor, b: DeviceTensor): DeviceTensor;
  mul(a: DeviceTensor, b: DeviceTensor): DeviceTensor;
  div(a: DeviceTensor, b: DeviceTensor): DeviceTensor;
  maximum(a: DeviceTensor, b: DeviceTensor): DeviceTensor;
  minimum(a: DeviceTensor, b: DeviceTensor): DeviceTensor;
  /** Of truth values, as `equal` and `notEqual`. */
  greater(a: DeviceTensor, b: DeviceTensor): DeviceTensor;
  equal(a: DeviceTensor, b: DeviceTensor): DeviceTensor;
  notEqual(a: DeviceTensor, b: DeviceTensor): DeviceTensor;
  where(condition: DeviceTensor, a: DeviceTensor, b: DeviceTensor): DeviceTensor;
  cast(x: DeviceTensor, type: "float32"): DeviceTensor;

  // Linear algebra
  sum(x: DeviceTensor, axes: Numbers, keepDims: boolean): DeviceTensor;
  matMul(a: DeviceTensor, b: DeviceTensor): DeviceTensor;
  conv2d(
    x: DeviceTensor,
    filter: DeviceTensor,
    strides: Pair,
    pad: "valid" | readonly [Border, Border, Border, Border],
    dataFormat: "NHWC",
    dilations: Pair,
  ): DeviceTensor;
  conv2dTranspose(
    x: DeviceTensor,
    filter: DeviceTensor,
    outputShape: readonly [number, number, number, number],
    strides: Pair,
    pad: "valid",
  ): DeviceTensor;
  depthwiseConv2d(
    x: DeviceTensor,
    filter: DeviceTensor,
    strides: Pair,
    pad: "valid",
    dataFormat: "NHWC",
    dilations: Pair,
  ): DeviceTensor;

  // Layout
  reshape(x: DeviceTensor, shape: Numbers): DeviceTensor;
  transpose(x: DeviceTensor, permutation: Numbers): DeviceTensor;
  slice(x: DeviceTensor, begin: Numbers, size: Numbers): DeviceTensor;
  pad(x: DeviceTensor, paddings: readonly Border[], value?: number): DeviceTensor;
  concat(tensors: readonly DeviceTensor[], axis: number): DeviceTensor;
  gather(x: DeviceTensor, indices: DeviceTensor, axis: number): DeviceTensor;
  broadcastTo(x: DeviceTensor, shape: Numbers): DeviceTensor;
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
