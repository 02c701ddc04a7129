/**
 * Operators that only move elements.
 * @module
 */
import { broadcastShapes, elementCount, shapeText } from "../../../graph/broadcasting.ts";
import type { Shape, Tensor } from "../../../graph/graph.ts";
import { broadcast, concat, gather, pad, reshape, slice, transpose } from "../../../graph/operations.ts";
import { axisOf, type ImportedNode, type ImportOperator } from "../imported_node.ts";
import { type ImportedValue, isKnown, knownList } from "../value.ts";

/** Operators by ONNX's name. */
export const layoutOperators: Readonly<Record<string, ImportOperator>> = {
  Constant: constant,
  Shape: (node) => {
    const shape = node.shape(0);
    const at = (axis: number) => axis < 0 ? Math.max(0, axis + shape.length) : axis;
    return [knownList(shape.slice(at(node.int("start") ?? 0), at(node.int("end") ?? shape.length)))];
  },
  Reshape: (node) => reshaped(node, targetShape(node)),
  Flatten: (node) => {
    const shape = node.shape(0);
    const axis = node.int("axis") ?? 1;
    const first = axis < 0 ? axis + shape.length : axis;
    return reshaped(node, [elementCount(shape.slice(0, first)), elementCount(shape.slice(first))]);
  },
  Squeeze: (node) => {
    const shape = node.shape(0);
    const given = node.opset < 13 ? node.ints("axes") : node.list(1);
    const axes = given?.map((axis) => axisOf(axis, shape.length));
    return reshaped(
      node,
      shape.filter((length, axis) => axes === undefined ? length !== 1 : !axes.includes(axis)),
    );
  },
  Unsqueeze: (node) => {
    const shape = node.shape(0);
    const given = (node.opset < 13 ? node.ints("axes") : node.list(1)) ?? [];
    const rank = shape.length + given.length;
    const added = given.map((axis) => axisOf(axis, rank));
    const kept = shape.values();
    const lengths = Array.from(
      { length: rank },
      (_, axis) => added.includes(axis) ? 1 : kept.next().value ?? 1,
    );
    return reshaped(node, lengths);
  },
  Transpose: (node) => {
    const x = node.tensor(0);
    const order = node.ints("perm") ?? [...x.shape.keys()].reverse();
    const from = node.input(0);
    const channels = isKnown(from) ? undefined : from.channels;
    const moved = channels === undefined ? undefined : order.indexOf(channels);
    return [{ tensor: transpose(x, order), ...(moved !== undefined && { channels: moved }) }];
  },
  Concat: (node) => {
    const parts = node.inputs.map((_, position) => node.tensor(position));
    return like(node, concat(parts, axisOf(node.int("axis") ?? 0, node.shape(0).length)));
  },
  Split: split,
  Slice: sliced,
  Gather: gathered,
  Pad: padded,
  Expand: (node) => {
    const wanted = node.list(1) ?? [];
    const shape = broadcastShapes(node.shape(0), wanted);
    if (shape === undefined) throw new Error(`Expand of ${shapeText(node.shape(0))} to ${shapeText(wanted)}`);
    return like(node, broadcast(node.tensor(0), shape));
  },
};

/** Where the input's channels are. */
function like(node: ImportedNode, tensor: Tensor): readonly ImportedValue[] {
  const from = node.input(0);
  const channels = isKnown(from) ? undefined : from.channels;
  return [{ tensor, ...(channels !== undefined && { channels }) }];
}

/** What is known stays so. */
function reshaped(node: ImportedNode, shape: Shape): readonly ImportedValue[] {
  const from = node.input(0);
  if (isKnown(from)) return [{ ...from, shape }];
  const { channels } = from;
  // The channels can be followed where the axes up to them stay.
  const kept = channels !== undefined &&
    shape.slice(0, channels + 1).join() === from.tensor.shape.slice(0, channels + 1).join();
  return [{ tensor: reshape(from.tensor, shape), ...(kept && { channels }) }];
}

function constant(node: ImportedNode): readonly ImportedValue[] {
  const value = node.value("value");
  if (value !== undefined) return [value];
  if (node.has("value_float")) {
    return [{ shape: [], data: Float32Array.of(node.float("value_float") ?? 0), whole: false }];
  }
  if (node.has("value_int")) {
    return [{ shape: [], data: Float64Array.of(node.int("value_int") ?? 0), whole: true }];
  }
  if (node.has("value_ints")) return [knownList(node.ints("value_ints") ?? [])];
  throw new Error("Constant of a type that is not supported");
}

/** 0 keeps a length, -1 takes what is left. */
function targetShape(node: ImportedNode): Shape {
  const from = node.shape(0);
  const wanted = node.list(1) ?? [];
  const kept = wanted.map((length, axis) =>
    length === 0 && node.int("allowzero") !== 1 ? from[axis] ?? 0 : length
  );
  const given = kept.reduce((product, length) => length === -1 ? product : product * length, 1);
  return kept.map((length) => length === -1 ? elementCount(from) / given : length);
}

function split(node: ImportedNode): readonly ImportedValue[] {
  const x = node.tensor(0);
  const axis = axisOf(node.int("axis") ?? 0, x.shape.length);
  const length = x.shape[axis] ?? 0;
  const count = node.int("num_outputs") ?? node.outputs;
  const equal = Array.from({ length: count }, (_, i) => {
    const size = Math.ceil(length / count);
    return Math.max(0, Math.min(size, length - i * size));
  });
  const sizes = (node.opset < 13 ? node.ints("split") : node.list(1)) ?? equal;
  let start = 0;
  return sizes.flatMap((size) => {
    const starts = x.shape.map((_, other) => other === axis ? start : 0);
    start += size;
    return like(node, slice(x, starts, x.shape.with(axis, start)));
  });
}

function sliced(node: ImportedNode): readonly ImportedValue[] {
  let x = node.tensor(0);
  const starts = node.list(1) ?? node.ints("starts") ?? [];
  const ends = node.list(2) ?? node.ints("ends") ?? [];
  const axes = node.list(3) ?? node.ints("axes") ?? [...starts.keys()];
  const steps = node.list(4) ?? starts.map(() => 1);
  for (const [i, given] of axes.entries()) {
    const axis = axisOf(given, x.shape.length);
    const length = x.shape[axis] ?? 0;
    const step = steps[i] ?? 1;
    const within = (position: number, lowest: number, highest: number) =>
      Math.min(Math.max(position < 0 ? position + length : position, lowest), highest);
    const first = step > 0 ? within(starts[i] ?? 0, 0, length) : within(starts[i] ?? -1, 0, length - 1);
    const last = step > 0 ? within(ends[i] ?? length, 0, length) : within(ends[i] ?? -1 - length, -1, length);
    const count = Math.max(0, Math.ceil((last - first) / step));
    if (step !== 1) {
      x = gather(x, axis, Array.from({ length: count }, (_, place) => first + place * step));
    } else if (count !== length) {
      x = slice(x, x.shape.map((_, other) => other === axis ? first : 0), x.shape.with(axis, last));
    }
  }
  return like(node, x);
}

function gathered(node: ImportedNode): readonly ImportedValue[] {
  const x = node.tensor(0);
  const axis = axisOf(node.int("axis") ?? 0, x.shape.length);
  const indices = node.known(1);
  const places = Array.from(indices.data, (index) => index < 0 ? index + (x.shape[axis] ?? 0) : index);
  const found = gather(x, axis, places);
  if (indices.shape.length === 1) return like(node, found);
  return [{ tensor: reshape(found, x.shape.toSpliced(axis, 1, ...indices.shape)) }];
}

function padded(node: ImportedNode): readonly ImportedValue[] {
  let x = node.tensor(0);
  const rank = x.shape.length;
  const pads = node.list(1) ?? node.ints("pads") ?? [];
  const axes = (node.list(3) ?? [...x.shape.keys()]).map((axis) => axisOf(axis, rank));
  const around = (position: number, sign: 1 | -1) =>
    x.shape.map((_, axis) => {
      const index = axes.indexOf(axis);
      return index < 0 ? 0 : Math.max(0, sign * (pads[index + position] ?? 0));
    });
  const [before, after] = [around(0, 1), around(axes.length, 1)];
  const [lessBefore, lessAfter] = [around(0, -1), around(axes.length, -1)];
  if ([...lessBefore, ...lessAfter].some((count) => count > 0)) {
    x = slice(x, lessBefore, x.shape.map((length, axis) => length - (lessAfter[axis] ?? 0)));
  }
  const mode = node.string("mode") ?? "constant";
  const value = node.list(2)?.[0] ?? node.float("value") ?? 0;
  if (mode === "constant") {
    if (value !== 0) throw new Error(`Pad with ${value} is not supported`);
    return [...before, ...after].every((count) => count === 0)
      ? like(node, x)
      : like(node, pad(x, before, after));
  }
  const place = paddedPlace(mode);
  for (const axis of axes) {
    const length = x.shape[axis] ?? 0;
    const [more = 0, beyond = 0] = [before[axis], after[axis]];
    if (more + beyond === 0) continue;
    x = gather(x, axis, Array.from({ length: more + length + beyond }, (_, i) => place(i - more, length)));
  }
  return like(node, x);
}

/** Which element stands outside a line. */
function paddedPlace(mode: string): (position: number, length: number) => number {
  switch (mode) {
    case "edge":
      return (position, length) => Math.min(Math.max(position, 0), length - 1);
    case "reflect":
      return (position, length) => {
        const period = Math.max(1, 2 * (length - 1));
        const within = ((position % period) + period) % period;
        return within < length ? within : period - within;
      };
    case "wrap":
      return (position, length) => ((position % length) + length) % length;
    default:
      throw new Error(`Pad with mode ${mode} is not supported`);
  }
}
