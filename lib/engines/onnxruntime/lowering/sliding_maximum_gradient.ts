/**
 * The gradient of the maximum over a window that moves by one along a line.
 * @module
 */
import { elementCount } from "../../../graph/broadcasting.ts";
import type { Shape } from "../../../graph/graph.ts";
import type { OnnxWriter } from "../onnx_writer.ts";
import { whereAtLeast } from "./elementwise.ts";
import { reshaped } from "./layout.ts";
import { moved, slidingMaximum, type SlidingWindow } from "./sliding_maximum.ts";

/** The smallest float32, never the maximum beside an element, comes by a minimum; 0 by a product. */
const fillings = {
  lowest: { type: "Min", inside: Infinity, outside: -3.4028234663852886e38 },
  zero: { type: "Mul", inside: 1, outside: 0 },
} as const;

/** So many numbers of a tensor, and some like it, lie in the cache of a core. */
const numbersInCache = 2 ** 18;

/**
 * The gradient of a maximum along rows and then along the columns of what that made: back through the columns first. The
 * first maximum of the rows' maxima is in the first row that has the window's maximum, and its first place there is the
 * first in row-major order.
 * @param rows the window over which rows are compared with each other
 * @param columns the window along a row
 */
export function slidingGradientAlongBoth(
  writer: OnnxWriter,
  x: string,
  gradient: string,
  rows: SlidingWindow,
  columns: SlidingWindow,
): string {
  const maxima = columns.size === 1 ? x : slidingMaximum(writer, x, columns);
  const width = (columns.shape[columns.axis] ?? 0) + columns.before + columns.after - columns.size + 1;
  const shape = rows.shape.with(columns.axis, width);
  const byRow = slidingMaximumGradient(writer, maxima, gradient, { ...rows, shape }, columns.axis);
  return slidingMaximumGradient(writer, x, byRow, columns, rows.axis);
}

/**
 * Gives each window's gradient to its first maximum. Lines do not touch each other: they are worked off in parts that stay
 * in the processor's cache, since each number is moved some fifty times.
 * @param across the axis beside the window's along which the lines are parted
 */
function slidingMaximumGradient(
  writer: OnnxWriter,
  x: string,
  gradient: string,
  window: SlidingWindow,
  across: number,
): string {
  const { shape, axis, size, before, after } = window;
  if (size === 1) return gradient;
  const windows = (shape[axis] ?? 0) + before + after - size + 1;
  const count = shape[across] ?? 1;
  const parts = Math.min(count, Math.max(1, Math.round(elementCount(shape) / numbersInCache)));
  const made = Array.from({ length: parts }, (_, part) => {
    const [first = 0, end = 0] = [part, part + 1].map((place) => Math.round((place * count) / parts));
    const lines = { axis, across, first, end };
    const line = bordered(writer, x, { ...lines, shape }, { before, after, filling: "lowest" });
    // One gradient for every place, also where no whole window starts: there it is 0, as it is at the last place until the end.
    const everyPlace: Border = { before: 0, after: size - 1, filling: "zero" };
    const passed = bordered(writer, gradient, { ...lines, shape: shape.with(axis, windows) }, everyPlace);
    return gradientOfLines(writer, line, passed, window);
  });
  return made.length === 1 ? made.join() : writer.node("Concat", made, { axis: { int: across } });
}

/** Some of a tensor's lines along an axis: those from `first` to before `end` along the axis beside it. */
interface Lines {
  readonly shape: Shape;
  readonly axis: number;
  readonly across: number;
  readonly first: number;
  readonly end: number;
}

/** Places added to each line. */
interface Border {
  readonly before: number;
  readonly after: number;
  readonly filling: keyof typeof fillings;
}

/**
 * The lines with a border. ONNX Runtime pads on one thread: a Gather of all places takes half as long, with what is at the
 * edge put into the border and then taken out again.
 */
function bordered(writer: OnnxWriter, x: string, lines: Lines, border: Border): string {
  const { shape, axis, across, first, end } = lines;
  const length = shape[axis] ?? 0;
  const places = Array.from(
    { length: border.before + length + border.after },
    (_, place) => Math.min(Math.max(place - border.before, 0), length - 1),
  );
  const taken = Array.from({ length: end - first }, (_, line) => first + line);
  const [outer, inner] = axis < across ? [places, taken] : [taken, places];
  const upper = Math.min(axis, across);
  const width = shape[upper + 1] ?? 0;
  const chosen = outer.flatMap((row) => inner.map((column) => row * width + column));
  const positions = reshaped(writer, x, [...shape.slice(0, upper), -1, ...shape.slice(upper + 2)]);
  const edged = reshaped(
    writer,
    writer.node("Gather", [positions, writer.integers(chosen)], { axis: { int: upper } }),
    shape.with(upper, outer.length).with(upper + 1, inner.length),
  );
  const { type, inside, outside } = fillings[border.filling];
  const numbers = new Float32Array(places.length).fill(outside);
  numbers.fill(inside, border.before, border.before + length);
  const along = [numbers.length, ...shape.slice(axis + 1).map(() => 1)];
  const operand = writer.once(
    `${border.filling} around ${border.before} to ${border.before + length} of ${along.join()}`,
    () => writer.floats(numbers, along),
  );
  return writer.node(type, [edged, operand]);
}

/**
 * The maximum from a place on over 2, 4, 8 ... elements is that of two shorter maxima; gradients go back through this tree,
 * to the earlier one where both are equal. Scattering to the places that MaxPool can name costs twice as much (measured for
 * windows of 5).
 * @param line with its border
 * @param gradient as long as the line
 */
function gradientOfLines(
  writer: OnnxWriter,
  line: string,
  gradient: string,
  { shape, axis, size, before, after }: SlidingWindow,
): string {
  const length = (shape[axis] ?? 0) + before + after;
  const lengths = doublings(size);
  const levels = lengths.slice(1).map((covered, level) => ({
    covered,
    step: covered - (lengths[level] ?? 0),
  }));
  let maxima = line;
  const gates = levels.map(({ covered, step }) => {
    const later = moved(writer, maxima, axis, length, length, (place) => place + step);
    const gate = { step, isEarlier: whereAtLeast(writer, maxima, later) };
    if (covered < size) maxima = writer.node("Max", [maxima, later]);
    return gate;
  });
  const passed = gates.reduceRight((gradient, { step, isEarlier }) => {
    const earlier = writer.node("Mul", [gradient, isEarlier]);
    const later = writer.node("Sub", [gradient, earlier]);
    const source = (place: number) => place < step ? length - 1 : place - step;
    return writer.node("Add", [earlier, moved(writer, later, axis, length, length, source)]);
  }, gradient);
  return moved(writer, passed, axis, length, shape[axis] ?? 0, (place) => place + before);
}

/** 1, 2, 4 ... and the size itself. */
function doublings(size: number): readonly number[] {
  const lengths: number[] = [];
  for (let length = 1; length < size; length *= 2) lengths.push(length);
  return [...lengths, size];
}
