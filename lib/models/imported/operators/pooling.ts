/**
 * Poolings of images, and of stacks of images out of poolings over images and over time.
 * @module
 */
import type { Tensor } from "../../../graph/graph.ts";
import {
  add,
  constant,
  conv2d,
  gather,
  maximum,
  maxPool2d,
  mean,
  multiply,
  reshape,
} from "../../../graph/operations.ts";
import type { ImportedNode, ImportOperator } from "../imported_node.ts";
import type { ImportedValue } from "../value.ts";
import { type AxesWindow, imageWindow, placesAlong, windowOf } from "./windows.ts";

/** Operators by ONNX's name. */
export const poolingOperators: Readonly<Record<string, ImportOperator>> = {
  GlobalAveragePool: (node) => {
    const x = node.tensor(0);
    return channelsSecond(mean(x, [...x.shape.keys()].slice(2)));
  },
  MaxPool: (node) => {
    if (node.outputs > 1) throw new Error("MaxPool with indices is not supported");
    const window = pooledWindow(node);
    if (window.dilation.some((step) => step !== 1)) throw new Error("MaxPool with dilation is not supported");
    const pooled = pooledFrames(node.tensor(0), (images) => maxPool2d(images, imageWindow(window)));
    return channelsSecond(window.size.length === 2 ? pooled : maximumOverTime(pooled, window));
  },
  AveragePool: (node) => {
    const window = pooledWindow(node);
    const counted = node.int("count_include_pad") === 1;
    const pooled = pooledFrames(node.tensor(0), (images) => averaged(images, window, counted));
    return channelsSecond(window.size.length === 2 ? pooled : averageOverTime(pooled, window, counted));
  },
};

function channelsSecond(tensor: Tensor): readonly ImportedValue[] {
  return [{ tensor, channels: 1 }];
}

/** A window whose last place may reach beyond the padding. */
interface PooledWindow extends AxesWindow {
  /** The padding that the file asks for behind the end: what lies further out is never counted. */
  readonly padded: readonly number[];
}

function pooledWindow(node: ImportedNode): PooledWindow {
  const lengths = node.shape(0).slice(2);
  const found = windowOf(node, node.ints("kernel_shape") ?? [], lengths);
  const window = { ...found, padded: found.after };
  if (node.int("ceil_mode") !== 1) return window;
  // A last place that begins inside is taken although it ends outside.
  const after = window.after.map((count, axis) => {
    const [length = 0, step = 1, size = 1] = [lengths[axis], window.stride[axis], window.size[axis]];
    const all = length + (window.before[axis] ?? 0) + count;
    const places = Math.ceil((all - size) / step) + 1;
    const begins = (places - 1) * step < length + (window.before[axis] ?? 0);
    return count + Math.max(0, ((begins ? places : places - 1) - 1) * step + size - all);
  });
  return { ...window, after };
}

/** Pools images; of a stack each frame alone, its channels and frames together being the channels. */
function pooledFrames(x: Tensor, pool: (images: Tensor) => Tensor): Tensor {
  if (x.shape.length === 4) return pool(x);
  const [batch = 1, channels = 0, frames = 0, height = 0, width = 0] = x.shape;
  const pooled = pool(reshape(x, [batch, channels * frames, height, width]));
  return reshape(pooled, [batch, channels, frames, ...pooled.shape.slice(2)]);
}

/** The mean of each window: each channel alone under a kernel of equal numbers. */
function averaged(images: Tensor, window: PooledWindow, counted: boolean): Tensor {
  const { size, stride, pad } = imageWindow(window);
  if (window.dilation.some((step) => step !== 1)) {
    throw new Error("AveragePool with dilation is not supported");
  }
  const [, channels = 0, height = 0, width = 0] = images.shape;
  const area = size[0] * size[1];
  const weights = new Float32Array(channels * area).fill(1 / area);
  const made = conv2d(images, constant(images.graph, weights, [channels, 1, ...size]), {
    stride,
    pad,
    groups: channels,
  });
  if (pad.every((count) => count === 0)) return made;
  const [, , down = 0, across = 0] = made.shape;
  const [bottom = 0, right = 0] = window.padded.slice(-2);
  if (counted && bottom === pad[2] && right === pad[3]) return made;
  const rows = cellCounts(down, {
    size: size[0],
    step: stride[0],
    before: pad[0],
    after: bottom,
    length: height,
  });
  const columns = cellCounts(across, {
    size: size[1],
    step: stride[1],
    before: pad[1],
    after: right,
    length: width,
  });
  const [inRows, inColumns] = counted ? [rows.padded, columns.padded] : [rows.inside, columns.inside];
  const larger = inRows.flatMap((row) => inColumns.map((column) => area / (row * column)));
  return multiply(made, constant(images.graph, larger, [1, 1, down, across]));
}

interface WindowAlong {
  readonly size: number;
  readonly step: number;
  readonly before: number;
  readonly after: number;
  readonly length: number;
}

/** How many cells of each window lie inside, and how many of them inside or in the padding. */
function cellCounts(
  places: number,
  { size, step, before, after, length }: WindowAlong,
): { readonly inside: readonly number[]; readonly padded: readonly number[] } {
  const firsts = Array.from({ length: places }, (_, place) => place * step - before);
  return {
    inside: firsts.map((first) => Math.min(first + size, length) - Math.max(first, 0)),
    padded: firsts.map((first) => Math.min(first + size, length + after) - first),
  };
}

/** The frames of a stack that each place in time sees, those alone that there are. */
function framesSeen(frames: number, window: AxesWindow): readonly (readonly number[])[] {
  const [size = 1, step = 1, before = 0] = [window.size[0], window.stride[0], window.before[0]];
  return Array.from(
    { length: placesAlong(window, 0, frames) },
    (_, place) =>
      Array.from({ length: size }, (_, i) => place * step + i - before).filter((i) => i >= 0 && i < frames),
  );
}

function maximumOverTime(stack: Tensor, window: AxesWindow): Tensor {
  const seen = framesSeen(stack.shape[2] ?? 0, window);
  // A place that sees fewer frames sees its last one again.
  const at = (i: number) => gather(stack, 2, seen.map((frames) => frames[i] ?? frames.at(-1) ?? 0));
  return Array.from({ length: window.size[0] ?? 1 }, (_, i) => at(i)).reduce((most, other) =>
    maximum(most, other)
  );
}

function averageOverTime(stack: Tensor, window: PooledWindow, counted: boolean): Tensor {
  const [size = 1, step = 1, before = 0, after = 0] = [
    window.size[0],
    window.stride[0],
    window.before[0],
    window.padded[0],
  ];
  const length = stack.shape[2] ?? 0;
  const seen = framesSeen(length, window);
  const { inside, padded } = cellCounts(seen.length, { size, step, before, after, length });
  const counts = counted ? padded : inside;
  const share = (i: number) => {
    const shares = seen.map((frames, place) => i < frames.length ? 1 / (counts[place] ?? NaN) : 0);
    return constant(stack.graph, shares, [1, 1, seen.length, 1, 1]);
  };
  const at = (i: number) => gather(stack, 2, seen.map((frames) => frames[i] ?? 0));
  const parts = Array.from({ length: size }, (_, i) => multiply(at(i), share(i)));
  return parts.reduce((sum, part) => add(sum, part));
}
