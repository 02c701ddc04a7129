/**
 * The gradient of max pooling out of operators that every provider has: MaxPool's own places are not among them.
 * @module
 */
import type { Shape } from "../../../graph/graph.ts";
import type { OnnxWriter } from "../onnx_writer.ts";
import { asFloats } from "./elementwise.ts";
import { reshaped } from "./layout.ts";
import { inputAt, type Lowering } from "./lowering.ts";

/** Below every number that is pooled; a border of it is never chosen. */
const LOWEST = -3.4028234663852886e38;

/** A window along one axis of images. */
interface Line {
  readonly axis: 2 | 3;
  readonly size: number;
  readonly stride: number;
  readonly before: number;
  readonly after: number;
}

/**
 * Back through the columns first, then along the rows: the first maximum of a window in row-major order is in the first row that
 * has the window's maximum, and its first place there.
 */
export const windowGradient: Lowering<"max_pool2d_gradient"> = (writer, step) => {
  const [x, gradient] = [inputAt(step, 0), inputAt(step, 1)];
  const { size: [height, width], stride: [vertical, horizontal], pad: [top, left, bottom, right] } =
    step.attributes;
  const rows: Line = { axis: 2, size: height, stride: vertical, before: top, after: bottom };
  const columns: Line = { axis: 3, size: width, stride: horizontal, before: left, after: right };
  const alongRow = bordered(writer, x.name, x.shape, columns);
  const maxima = columns.size === 1 && columns.stride === 1
    ? x.name
    : largest(writer, pieces(writer, alongRow, columns, gradient.shape[3] ?? 0));
  const shape = x.shape.with(3, gradient.shape[3] ?? 0);
  const byRow = gradientAlong(writer, bordered(writer, maxima, shape, rows), shape, rows, {
    name: gradient.name,
    shape: gradient.shape,
  });
  return gradientAlong(writer, alongRow, x.shape, columns, { name: byRow, shape });
};

/**
 * Each window's gradient at its first maximum along the line.
 * @param line with its border
 * @param shape of the line without it
 */
function gradientAlong(
  writer: OnnxWriter,
  line: string,
  shape: Shape,
  along: Line,
  gradient: { readonly name: string; readonly shape: Shape },
): string {
  const { axis, size, stride, before } = along;
  if (size === 1 && stride === 1) return gradient.name;
  const windows = gradient.shape[axis] ?? 0;
  const places = pieces(writer, line, along, windows);
  const maxima = largest(writer, places);
  let left = gradient.name;
  const given = places.map((piece, offset) => {
    if (offset === size - 1) return left;
    const isLargest = asFloats(writer, writer.node("GreaterOrEqual", [piece, maxima]));
    const taken = writer.node("Mul", [left, isLargest]);
    // What one place took is not there for the next: the difference is exact, for it is all or nothing.
    left = writer.node("Sub", [left, taken]);
    return taken;
  });
  const length = (shape[axis] ?? 0) + before + along.after;
  const sum = given.map((taken, offset) =>
    spread(writer, taken, gradient.shape, { axis, stride, offset, length })
  ).reduce((sum, part) => writer.node("Add", [sum, part]));
  return cut(writer, sum, axis, before, before + (shape[axis] ?? 0));
}

/** For each place of the window, the elements there of all windows. */
function pieces(
  writer: OnnxWriter,
  line: string,
  { axis, size, stride }: Line,
  windows: number,
): readonly string[] {
  return Array.from({ length: size }, (_, offset) =>
    writer.node("Slice", [
      line,
      writer.integers([offset]),
      writer.integers([offset + (windows - 1) * stride + 1]),
      writer.integers([axis]),
      writer.integers([stride]),
    ]));
}

function largest(writer: OnnxWriter, values: readonly string[]): string {
  return values.reduce((largest, value) => writer.node("Max", [largest, value]));
}

/** The line with a border of the lowest number. */
function bordered(writer: OnnxWriter, x: string, shape: Shape, { axis, before, after }: Line): string {
  if (before === 0 && after === 0) return x;
  const pads = (count: number) => shape.map((_, place) => place === axis ? count : 0);
  const lowest = writer.once("lowest", () => writer.floats(Float32Array.of(LOWEST), []));
  return writer.node("Pad", [x, writer.integers([...pads(before), ...pads(after)]), lowest]);
}

/** One number of each window at its place in the line, zeros elsewhere. */
function spread(
  writer: OnnxWriter,
  x: string,
  shape: Shape,
  { axis, stride, offset, length }: {
    readonly axis: number;
    readonly stride: number;
    readonly offset: number;
    readonly length: number;
  },
): string {
  const windows = shape[axis] ?? 0;
  const apart = stride === 1 ? x : reshaped(
    writer,
    zerosAround(
      writer,
      reshaped(writer, x, shape.toSpliced(axis, 1, windows, 1)),
      shape.length + 1,
      axis + 1,
      0,
      stride - 1,
    ),
    shape.with(axis, windows * stride),
  );
  const end = offset + (windows - 1) * stride + 1;
  const needed = cutAfter(writer, apart, axis, (windows - 1) * stride + 1, windows * stride);
  return zerosAround(writer, needed, shape.length, axis, offset, length - end);
}

function zerosAround(
  writer: OnnxWriter,
  x: string,
  axes: number,
  axis: number,
  before: number,
  after: number,
): string {
  if (before === 0 && after === 0) return x;
  const pads = (count: number) => Array.from({ length: axes }, (_, place) => place === axis ? count : 0);
  return writer.node("Pad", [x, writer.integers([...pads(before), ...pads(after)])]);
}

function cutAfter(writer: OnnxWriter, x: string, axis: number, end: number, length: number): string {
  return end === length ? x : cut(writer, x, axis, 0, end);
}

function cut(writer: OnnxWriter, x: string, axis: number, start: number, end: number): string {
  return writer.node("Slice", [
    x,
    writer.integers([start]),
    writer.integers([end]),
    writer.integers([axis]),
  ]);
}
