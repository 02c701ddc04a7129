/**
 * Every operation of the graph, with its attributes. All tensors are float32, row-major, of static shape.
 * Every rule table (shape, gradient, reference, ONNX) is `{ [K in Op]: Rule<K> }`, so the compiler names a missing entry.
 * @module
 */

import type { LineMap } from "./line_map.ts";

/** Of operations that their inputs alone decide. */
export type NoAttributes = Record<never, never>;

/** A window that slides over the last two axes of a tensor of shape [batch, channels, height, width]. */
export interface Window {
  /** Rows and columns of the window. */
  readonly size: readonly [height: number, width: number];
  /** Rows and columns from one place of the window to the next. */
  readonly stride: readonly [vertical: number, horizontal: number];
  /** Rows and columns added around the input: zeros for a convolution, never chosen by max pooling. */
  readonly pad: readonly [top: number, left: number, bottom: number, right: number];
}

/** How the kernel of a convolution, which has its own size, slides. */
export interface ConvolutionWindow extends Omit<Window, "size"> {
  /**
   * Channels in and out stand in so many groups, one after the other, and each sees its own group alone: the kernel is
   * [out, in / groups, height, width]. 1 when left out.
   */
  readonly groups?: number;
  /** Rows and columns of the images from one element of the kernel to the next; 1 when left out. */
  readonly dilation?: readonly [vertical: number, horizontal: number];
}

/** Attributes by operation. Binary operations broadcast as NumPy does. */
export interface OpAttributes {
  // Sources
  /** A value given at run time, known by its name. */
  readonly input: { readonly name: string };
  /** Values that are part of the graph, row-major. */
  readonly constant: { readonly data: Float32Array };

  // One input, element by element
  /** -x. */
  readonly negate: NoAttributes;
  /** |x|; its derivative at 0 is 0. */
  readonly absolute: NoAttributes;
  /** -1, 0 or 1; 0 at 0. */
  readonly sign: NoAttributes;
  /** The square root of numbers from 0. */
  readonly square_root: NoAttributes;
  /** max(x, 0); its derivative at 0 is 0. */
  readonly relu: NoAttributes;
  /** 1 where the input is above 0, else 0. */
  readonly step: NoAttributes;
  /** e to the power of x. */
  readonly exp: NoAttributes;
  /** The hyperbolic tangent. */
  readonly tanh: NoAttributes;
  /** The error function: 2 / sqrt(pi) times the integral of exp(-t^2) from 0 to x. */
  readonly erf: NoAttributes;

  // Two inputs, element by element
  /** a + b. */
  readonly add: NoAttributes;
  /** a - b. */
  readonly subtract: NoAttributes;
  /** a times b. */
  readonly multiply: NoAttributes;
  /** a / b. */
  readonly divide: NoAttributes;
  /** The larger of both; equal operands give their gradient to the first. */
  readonly maximum: NoAttributes;
  /** The smaller of both; equal operands give their gradient to the first. */
  readonly minimum: NoAttributes;
  /** 1 where the first input is above the second, else 0. */
  readonly greater: NoAttributes;
  /** 1 where the inputs are equal, else 0. */
  readonly equal: NoAttributes;

  /** Three inputs: where the first is not 0 the second, else the third. */
  readonly select: NoAttributes;

  // Linear algebra
  /** Sum over axes, which stay with length 1. */
  readonly sum: { readonly axes: readonly number[] };
  /** Product of the last two axes; leading axes broadcast. */
  readonly matmul: NoAttributes;
  /** Each line along an axis becomes the product of a constant matrix with it. */
  readonly resample: { readonly axis: number; readonly matrix: LineMap };
  /** Cross-correlation. Inputs: [batch, in, height, width] and kernel [out, in / groups, kernel height, kernel width]. */
  readonly conv2d: ConvolutionWindow;
  /** The adjoint of `conv2d` for an input of the given height and width. Inputs: what conv2d made, and its kernel. */
  readonly conv2d_transposed: ConvolutionWindow & { readonly height: number; readonly width: number };
  /** The largest element of each window. What does not fill a last step is left out. */
  readonly max_pool2d: Window;
  /** Inputs: what max_pool2d took, and the gradient of what it made. Each window gives its gradient to its first maximum in row-major order. */
  readonly max_pool2d_gradient: Window;

  // Layout
  /** The same elements in another shape. */
  readonly reshape: { readonly shape: readonly number[] };
  /** Axis i of the result is axis permutation[i] of the input. */
  readonly transpose: { readonly permutation: readonly number[] };
  /** Elements start .. end - 1 along each axis. */
  readonly slice: { readonly starts: readonly number[]; readonly ends: readonly number[] };
  /** Zeros before and after each axis. */
  readonly pad: { readonly before: readonly number[]; readonly after: readonly number[] };
  /** One input after the other along an axis. */
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
