/**
 * Every operation of the graph, with its attributes. All tensors are float32, row-major, of static shape.
 * Every rule table (shape, gradient, reference, ONNX) is `{ [K in Op]: Rule<K> }`, so the compiler names a missing entry.
 * @module
 */

/** No attributes. */
type None = Record<never, never>;

/** A window that slides over the last two axes of a tensor of shape [batch, channels, height, width]. */
export interface Window {
  readonly size: readonly [height: number, width: number];
  readonly stride: readonly [vertical: number, horizontal: number];
  /** Rows and columns added around the input: zeros for a convolution, never chosen by max pooling. */
  readonly pad: readonly [top: number, left: number, bottom: number, right: number];
}

/** Attributes by operation. Binary operations broadcast as NumPy does. */
export interface OpAttributes {
  // Sources
  readonly input: { readonly name: string };
  readonly constant: { readonly data: Float32Array };

  // One input, element by element
  readonly negate: None;
  readonly absolute: None;
  /** -1, 0 or 1; 0 at 0. */
  readonly sign: None;
  readonly square_root: None;
  readonly relu: None;
  /** 1 where the input is above 0, else 0. */
  readonly step: None;

  // Two inputs, element by element
  readonly add: None;
  readonly subtract: None;
  readonly multiply: None;
  readonly divide: None;
  readonly maximum: None;
  readonly minimum: None;
  /** 1 where the first input is above the second, else 0. */
  readonly greater: None;
  /** 1 where the inputs are equal, else 0. */
  readonly equal: None;

  /** Three inputs: where the first is not 0 the second, else the third. */
  readonly select: None;

  // Linear algebra
  /** Sum over axes, which stay with length 1. */
  readonly sum: { readonly axes: readonly number[] };
  /** Product of the last two axes; leading axes broadcast. */
  readonly matmul: None;
  /** Cross-correlation. Inputs: [batch, in, height, width] and kernel [out, in, kernel height, kernel width]. */
  readonly conv2d: Omit<Window, "size">;
  /** The adjoint of `conv2d` for an input of the given height and width. Inputs: what conv2d made, and its kernel. */
  readonly conv2d_transposed: Omit<Window, "size"> & { readonly height: number; readonly width: number };
  readonly max_pool2d: Window;
  /** Inputs: what max_pool2d took, and the gradient of what it made. Each window gives its gradient to its first maximum in row-major order. */
  readonly max_pool2d_gradient: Window;

  // Layout
  readonly reshape: { readonly shape: readonly number[] };
  /** Axis i of the result is axis permutation[i] of the input. */
  readonly transpose: { readonly permutation: readonly number[] };
  /** Elements start .. end - 1 along each axis. */
  readonly slice: { readonly starts: readonly number[]; readonly ends: readonly number[] };
  /** Zeros before and after each axis. */
  readonly pad: { readonly before: readonly number[]; readonly after: readonly number[] };
  readonly concat: { readonly axis: number };
  /** Element indices[i] along an axis for each i. */
  readonly gather: { readonly axis: number; readonly indices: readonly number[] };
  /** The adjoint of `gather`: element i along the axis is added to element indices[i] of a result of the given length. */
  readonly scatter_add: {
    readonly axis: number;
    readonly indices: readonly number[];
    readonly length: number;
  };
  /** Repeats axes of length 1 until the tensor has this shape. */
  readonly broadcast: { readonly shape: readonly number[] };
}

/** The name of an operation. */
export type Op = keyof OpAttributes;
