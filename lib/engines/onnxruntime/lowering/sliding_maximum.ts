/**
 * The maximum over a window that moves by one along a line.
 *
 * Gather moves lines on all threads, where ONNX Runtime pads, slices and joins on one.
 * @module
 */
import type { Shape } from "../../../graph/graph.ts";
import type { OnnxWriter } from "../onnx_writer.ts";

/** A window along one axis of a tensor, with a border that is never chosen. */
export interface SlidingWindow {
  /** Of the tensor in the model. */
  readonly shape: Shape;
  readonly axis: number;
  readonly size: number;
  readonly before: number;
  readonly after: number;
}

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
  return largestOf(writer, pieces);
}

/** By pairs, which ONNX Runtime compares much faster than three at once. */
function largestOf(writer: OnnxWriter, values: readonly string[]): string {
  const [first = "", ...others] = values;
  return others.reduce((largest, other) => writer.node("Max", [largest, other]), first);
}

/** `count` elements along the axis, each from the place that `source` says; places outside are those at the edge. */
export function moved(
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
