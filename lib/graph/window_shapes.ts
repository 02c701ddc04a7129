/**
 * Shapes made by operations that slide a window over images. Each returns what it expected when the inputs do not fit.
 * @module
 */
import { sameShape, shapeText } from "./broadcasting.ts";
import type { Shape } from "./graph.ts";
import type { OpAttributes, Window } from "./ops.ts";

/** A tensor of images: [batch, channels, height, width]. */
export interface Images {
  readonly batch: number;
  readonly channels: number;
  readonly height: number;
  readonly width: number;
}

/** The four lengths of a tensor of images by name; undefined for another rank. */
export function asImages(shape: Shape): Images | undefined {
  const [batch, channels, height, width, ...more] = shape;
  if (batch === undefined || channels === undefined || height === undefined || width === undefined) {
    return undefined;
  }
  return more.length === 0 ? { batch, channels, height, width } : undefined;
}

/** The shape of `conv2d`, or what it expected. */
export function convolutionShape(
  attributes: OpAttributes["conv2d"],
  x: Shape,
  kernel: Shape,
): Shape | string {
  const images = asImages(x);
  const kernels = asImages(kernel);
  if (!images || !kernels) return "[batch, in, height, width] and [out, in, height, width]";
  const { groups = 1, dilation = [1, 1] } = attributes;
  if (![groups, ...dilation].every((count) => Number.isInteger(count) && count > 0)) {
    return "whole positive groups and dilation";
  }
  if (images.channels !== groups * kernels.channels) {
    return groups === 1
      ? "a kernel with as many channels as the images"
      : `images with ${groups} times as many channels as the kernel, for as many groups`;
  }
  if (kernels.batch % groups !== 0) return `a kernel with outputs for each of ${groups} groups`;
  const size = dilatedSize([kernels.height, kernels.width], dilation);
  const places = windowPlaces({ ...attributes, size }, images);
  return typeof places === "string" ? places : [images.batch, kernels.batch, ...places];
}

/** Rows and columns that a kernel reaches over when its elements stand apart. */
export function dilatedSize(
  [height, width]: Window["size"],
  [vertical, horizontal]: readonly [number, number],
): Window["size"] {
  return [(height - 1) * vertical + 1, (width - 1) * horizontal + 1];
}

/** The shape of `conv2d_transposed`, or what it expected. */
export function transposedConvolutionShape(
  attributes: OpAttributes["conv2d_transposed"],
  made: Shape,
  kernel: Shape,
): Shape | string {
  const [batch] = made;
  const [, channels] = kernel;
  if (batch === undefined || channels === undefined) {
    return "[batch, out, height, width] and [out, in, height, width]";
  }
  const x = [batch, channels * (attributes.groups ?? 1), attributes.height, attributes.width];
  const convolved = convolutionShape(attributes, x, kernel);
  if (typeof convolved === "string") return convolved;
  if (!sameShape(convolved, made)) return `${shapeText(convolved)}, as conv2d makes of ${shapeText(x)}`;
  return x;
}

/** The shape of `max_pool2d`, or what it expected. */
export function pooledShape(window: Window, x: Shape): Shape | string {
  const images = asImages(x);
  if (!images) return "[batch, channels, height, width]";
  const [top, left, bottom, right] = window.pad;
  const [height, width] = window.size;
  // A window that lies in the border alone would have no maximum.
  if (Math.max(top, bottom) >= height || Math.max(left, right) >= width) {
    return `a border smaller than the window, not ${shapeText(window.pad)} around ${shapeText(window.size)}`;
  }
  const places = windowPlaces(window, images);
  return typeof places === "string" ? places : [images.batch, images.channels, ...places];
}

/** The shape of `max_pool2d_gradient`, or what it expected. */
export function poolingGradientShape(window: Window, x: Shape, gradient: Shape): Shape | string {
  const pooled = pooledShape(window, x);
  if (typeof pooled === "string") return pooled;
  return sameShape(pooled, gradient) ? x : `the gradient ${shapeText(pooled)} for that input`;
}

/** How many places the window takes down and across; what does not fill a last step is left out. */
function windowPlaces(window: Window, images: Images): readonly [number, number] | string {
  const [top, left, bottom, right] = window.pad;
  const [height, width] = window.size;
  const [vertical, horizontal] = window.stride;
  if (![height, width, vertical, horizontal].every((count) => Number.isInteger(count) && count > 0)) {
    return "a window of whole positive size and stride";
  }
  if (!window.pad.every((count) => Number.isInteger(count) && count >= 0)) {
    return `whole borders from 0, not ${shapeText(window.pad)}`;
  }
  const down = Math.floor((images.height + top + bottom - height) / vertical) + 1;
  const across = Math.floor((images.width + left + right - width) / horizontal) + 1;
  return down > 0 && across > 0 ? [down, across] : `images that hold a window of ${shapeText(window.size)}`;
}
