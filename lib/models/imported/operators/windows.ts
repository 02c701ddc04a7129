/**
 * The window attributes that convolutions and poolings share, over two axes or three.
 * @module
 */
import type { ImportedNode } from "../imported_node.ts";

/** A window over the last axes of a tensor, one entry for each. */
export interface AxesWindow {
  readonly size: readonly number[];
  readonly stride: readonly number[];
  readonly dilation: readonly number[];
  readonly before: readonly number[];
  readonly after: readonly number[];
}

/** The window of a node that slides over images or stacks of images. Throws an Error for other ranks. */
export function windowOf(
  node: ImportedNode,
  size: readonly number[],
  lengths: readonly number[],
): AxesWindow {
  const axes = lengths.length;
  if (axes !== 2 && axes !== 3) throw new Error(`${node.op} over ${axes} axes is not supported`);
  const ones = lengths.map(() => 1);
  const stride = node.ints("strides") ?? ones;
  const dilation = node.ints("dilations") ?? ones;
  const pads = node.ints("pads") ?? [...ones, ...ones].map(() => 0);
  const window = { size, stride, dilation, before: pads.slice(0, axes), after: pads.slice(axes) };
  const auto = node.string("auto_pad") ?? "NOTSET";
  if (auto === "NOTSET") return window;
  if (auto === "VALID") return { ...window, before: lengths.map(() => 0), after: lengths.map(() => 0) };
  const missing = lengths.map((length, axis) => {
    const reach = ((size[axis] ?? 1) - 1) * (dilation[axis] ?? 1) + 1;
    const step = stride[axis] ?? 1;
    return Math.max(0, (Math.ceil(length / step) - 1) * step + reach - length);
  });
  const less = missing.map((count) => Math.floor(count / 2));
  const more = missing.map((count) => Math.ceil(count / 2));
  return auto === "SAME_UPPER"
    ? { ...window, before: less, after: more }
    : { ...window, before: more, after: less };
}

/** Places that the window takes along an axis. */
export function placesAlong(window: AxesWindow, axis: number, length: number): number {
  const { size, stride, dilation, before, after } = window;
  const reach = ((size[axis] ?? 1) - 1) * (dilation[axis] ?? 1) + 1;
  return Math.floor((length + (before[axis] ?? 0) + (after[axis] ?? 0) - reach) / (stride[axis] ?? 1)) + 1;
}

/** The last two axes of a window, as operations on images take them. */
export function imageWindow({ size, stride, dilation, before, after }: AxesWindow) {
  const two = (
    values: readonly number[],
  ): readonly [number, number] => [values.at(-2) ?? 1, values.at(-1) ?? 1];
  const [top, left] = two(before);
  const [bottom, right] = two(after);
  return {
    size: two(size),
    stride: two(stride),
    dilation: two(dilation),
    pad: [top, left, bottom, right] as const,
  };
}
