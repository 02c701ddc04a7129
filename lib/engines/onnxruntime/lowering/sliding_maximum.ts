/**
 * The maximum over a window that moves by one along a line, and its gradient.
 *
 * Gather moves lines on all threads, where ONNX Runtime pads, slices and joins on one.
 * @module
 */
import { elementCount } from "../../../graph/broadcasting.ts";
import type { Shape } from "../../../graph/graph.ts";
import type { OnnxWriter } from "../onnx_writer.ts";
import { number, whereEqual } from "./elementwise.ts";
import { padded } from "./layout.ts";

/** A window along one axis of a tensor, with a border that is never chosen. */
export interface SlidingWindow {
  /** Of the tensor in the model. */
  readonly shape: Shape;
  readonly axis: number;
  readonly size: number;
  readonly before: number;
  readonly after: number;
}

/** The smallest float32: never the maximum beside an element. */
const LOWEST = -3.4028234663852886e38;

/**
 * The maximum of each window, from those of shorter ones inside it: of up to half the length, and short enough that at the
 * first edge they stay inside the window.
 */
export function slidingMaximum(
  writer: OnnxWriter,
  x: string,
  { shape, axis, size, before, after }: SlidingWindow,
): string {
  const length = shape[axis] ?? 0;
  const windows = length + before + after - size + 1;
  const half = 2 ** Math.floor(Math.log2(Math.max(Math.min(size / 2, size - before), 1)));
  /** From `offset` on in each window. What lies outside is replaced by the edge, which is in the window too. */
  const from = (line: string, offset: number, count: number) =>
    moved(writer, line, axis, length, count, (place) => place - before + offset);
  let maxima = x;
  for (let covered = 1; covered < half; covered *= 2) {
    const later = moved(writer, maxima, axis, length, length, (place) => place + covered);
    maxima = writer.node("Max", [maxima, later]);
  }
  const pieces: string[] = [];
  let covered = 0;
  while (covered < size) {
    const left = size - covered;
    pieces.push(
      left === 1 ? from(x, covered, windows) : from(maxima, Math.min(covered, size - half), windows),
    );
    covered += half;
  }
  return pieces.length === 1 ? pieces.join() : writer.node("Max", pieces);
}

/** So many numbers of a tensor, and some like it, lie in the cache of a core. */
const numbersInCache = 2 ** 18;

/**
 * Gives each window's gradient to its first maximum. Lines do not touch each other: they are worked off in parts that stay
 * in the processor's cache, since each number is moved some fifty times.
 * @param across the axis along which the lines are parted
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
  const lines = shape[across] ?? 1;
  const parts = Math.min(lines, Math.max(1, Math.round(elementCount(shape) / numbersInCache)));
  const made = Array.from({ length: parts }, (_, part) => {
    const [first, end] = [part, part + 1].map((place) => Math.round((place * lines) / parts));
    /** This part of the lines, with a border along them. */
    const taken = (name: string, leading: number, trailing: number, filling: string) => {
      const border = (along: number, cut: number) =>
        shape.map((_, other) => other === axis ? along : other === across ? -cut : 0);
      const [start, stop] = [border(leading, first ?? 0), border(trailing, lines - (end ?? 0))];
      return [...start, ...stop].every((count) => count === 0)
        ? name
        : padded(writer, name, start, stop, filling);
    };
    const line = taken(x, before, after, number(writer, LOWEST));
    // One gradient for every place, also where no whole window starts: there it is 0, as it is at the last place until the end.
    const passed = taken(gradient, 0, size - 1, number(writer, 0));
    return gradientOfLines(writer, line, passed, window);
  });
  return made.length === 1 ? made.join() : writer.node("Concat", made, { axis: { int: across } });
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
  const maxima = [line];
  for (const [level, covered] of lengths.entries()) {
    const [shorter = line] = maxima.slice(-1);
    const step = covered - (lengths[level - 1] ?? covered);
    if (step === 0) continue;
    const later = moved(writer, shorter, axis, length, length, (place) => place + step);
    maxima.push(writer.node("Max", [shorter, later]));
  }
  let passed = gradient;
  for (let level = lengths.length - 1; level > 0; level--) {
    const [shorter = "", longer = ""] = maxima.slice(level - 1);
    const step = (lengths[level] ?? 0) - (lengths[level - 1] ?? 0);
    const earlier = writer.node("Mul", [passed, whereEqual(writer, shorter, longer)]);
    const later = writer.node("Sub", [passed, earlier]);
    const shifted = moved(
      writer,
      later,
      axis,
      length,
      length,
      (place) => place < step ? length - 1 : place - step,
    );
    passed = writer.node("Add", [earlier, shifted]);
  }
  return moved(writer, passed, axis, length, shape[axis] ?? 0, (place) => place + before);
}

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

/** 1, 2, 4 ... and the size itself. */
function doublings(size: number): readonly number[] {
  const lengths: number[] = [];
  for (let length = 1; length < size; length *= 2) lengths.push(length);
  return [...lengths, size];
}

/** `count` elements along the axis, each from the place that `source` says; places outside are those at the edge. */
function moved(
  writer: OnnxWriter,
  x: string,
  axis: number,
  length: number,
  count: number,
  source: (place: number) => number,
): string {
  const places = Array.from(
    { length: count },
    (_, place) => Math.min(Math.max(source(place), 0), length - 1),
  );
  if (count === length && places.every((from, place) => from === place)) return x;
  return writer.node("Gather", [x, writer.integers(places)], { axis: { int: axis } });
}
